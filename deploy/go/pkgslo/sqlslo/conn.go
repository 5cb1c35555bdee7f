// SPDX-License-Identifier: Apache-2.0

package sqlslo

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
)

// conn wraps a connection. For the optional interfaces that it always has, it answers what
// database/sql would have assumed, had the driver's connection not implemented them.
type conn struct {
	driver.Conn
	tracing *tracing
}

var (
	_ driver.Pinger             = conn{}
	_ driver.ConnPrepareContext = conn{}
	_ driver.ConnBeginTx        = conn{}
	_ driver.SessionResetter    = conn{}
	_ driver.Validator          = conn{}
	_ driver.NamedValueChecker  = conn{}
)

// connOf adds ExecContext and QueryContext only for drivers that have them: with them, database/sql
// checks arguments before it prepares a statement, and so without the statement's own checks.
func connOf(c driver.Conn, t *tracing) driver.Conn {
	wrapped := conn{c, t}
	exec, canExec := execOf(c)
	query, canQuery := queryOf(c)
	switch {
	case canExec && canQuery:
		return struct {
			conn
			execer
			queryer
		}{wrapped, execer{t, exec}, queryer{t, query}}
	case canExec:
		return struct {
			conn
			execer
		}{wrapped, execer{t, exec}}
	case canQuery:
		return struct {
			conn
			queryer
		}{wrapped, queryer{t, query}}
	}
	return wrapped
}

func (c conn) unwrap() driver.Conn { return c.Conn }

func (c conn) Ping(ctx context.Context) error {
	p, ok := c.Conn.(driver.Pinger)
	if !ok {
		return nil
	}
	ctx, span := c.tracing.start(ctx, c.tracing.caller(c.tracing.owner), "ping", "")
	defer span.End()
	err := p.Ping(ctx)
	pkgslo.RecordError(span, err)
	return err
}

func (c conn) ResetSession(ctx context.Context) error {
	if r, ok := c.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

func (c conn) IsValid() bool {
	v, ok := c.Conn.(driver.Validator)
	return !ok || v.IsValid()
}

func (c conn) CheckNamedValue(value *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(value)
	}
	return driver.ErrSkip
}

func (c conn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	ctx, span := c.tracing.start(ctx, c.tracing.caller(c.tracing.owner), "prepare", query)
	defer span.End()
	s, err := c.prepare(ctx, query)
	pkgslo.RecordError(span, err)
	if err != nil {
		return nil, err
	}
	return stmtOf(s, c, query), nil
}

// Prepare is for callers that go around database/sql, by sql.Conn.Raw.
func (c conn) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

func (c conn) prepare(ctx context.Context, query string) (driver.Stmt, error) {
	if p, ok := c.Conn.(driver.ConnPrepareContext); ok {
		return p.PrepareContext(ctx, query)
	}
	s, err := c.Conn.Prepare(query)
	if err == nil && ctx.Err() != nil {
		_ = s.Close() // the cancellation is what the caller wants to know
		return nil, ctx.Err()
	}
	return s, err
}

func (c conn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	from := c.tracing.caller(c.tracing.owner)
	started, span := c.tracing.start(ctx, from, "begin", "")
	defer span.End()
	inner, err := c.begin(started, options)
	pkgslo.RecordError(span, err)
	if err != nil {
		return nil, err
	}
	return tx{inner, c.tracing, ctx, from}, nil
}

// Begin is for callers that go around database/sql, by sql.Conn.Raw.
func (c conn) Begin() (driver.Tx, error) {
	return c.BeginTx(context.Background(), driver.TxOptions{})
}

func (c conn) begin(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	if b, ok := c.Conn.(driver.ConnBeginTx); ok {
		return b.BeginTx(ctx, options)
	}
	if options.Isolation != 0 {
		return nil, errors.New("sqlslo: driver does not support non-default isolation level")
	}
	if options.ReadOnly {
		return nil, errors.New("sqlslo: driver does not support read-only transactions")
	}
	// Deprecated, but the only way to begin a transaction with such a driver
	t, err := c.Conn.Begin()
	if err == nil && ctx.Err() != nil {
		_ = t.Rollback() // the cancellation is what the caller wants to know
		return nil, ctx.Err()
	}
	return t, err
}

type execFunc func(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error)

type queryFunc func(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error)

func execOf(c driver.Conn) (execFunc, bool) {
	if e, ok := c.(driver.ExecerContext); ok {
		return e.ExecContext, true
	}
	e, ok := c.(driver.Execer) // deprecated: drivers of before Go 1.8
	if !ok {
		return nil, false
	}
	return func(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
		values, err := positional(ctx, args)
		if err != nil {
			return nil, err
		}
		return e.Exec(query, values)
	}, true
}

func queryOf(c driver.Conn) (queryFunc, bool) {
	if q, ok := c.(driver.QueryerContext); ok {
		return q.QueryContext, true
	}
	q, ok := c.(driver.Queryer) // deprecated: drivers of before Go 1.8
	if !ok {
		return nil, false
	}
	return func(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
		values, err := positional(ctx, args)
		if err != nil {
			return nil, err
		}
		return q.Query(query, values)
	}, true
}

type execer struct {
	tracing *tracing
	exec    execFunc
}

func (e execer) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	return direct(ctx, e.tracing, "exec", query, func() (driver.Result, error) { return e.exec(ctx, query, args) })
}

type queryer struct {
	tracing *tracing
	query   queryFunc
}

func (q queryer) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	return direct(ctx, q.tracing, "query", query, func() (driver.Rows, error) { return q.query(ctx, query, args) })
}

// direct makes the span of a statement that is not prepared once it is known that there is one:
// many drivers answer ErrSkip to every call with arguments, which is no call of anything.
func direct[T any](ctx context.Context, t *tracing, op, query string, call func() (T, error)) (result T, err error) {
	from, begin := t.caller(t.owner), time.Now()
	returned := false
	defer func() {
		if !returned { // a panic passes, or Goexit
			_, span := t.start(ctx, from, op, query, trace.WithTimestamp(begin))
			defer span.End()
			if v := recover(); v != nil {
				panic(v) // once more, for span.End to record
			}
		}
	}()
	result, err = call()
	returned = true
	if !isSkip(err) {
		_, span := t.start(ctx, from, op, query, trace.WithTimestamp(begin))
		defer span.End()
		pkgslo.RecordError(span, err)
	}
	return result, err
}

// positional drops the names that old drivers cannot take, as database/sql does.
func positional(ctx context.Context, args []driver.NamedValue) ([]driver.Value, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([]driver.Value, len(args))
	for i, arg := range args {
		if arg.Name != "" {
			return nil, errors.New("sqlslo: driver does not support named arguments")
		}
		values[i] = arg.Value
	}
	return values, nil
}
