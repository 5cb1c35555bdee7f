// SPDX-License-Identifier: Apache-2.0

package sqlslo

import (
	"context"
	"database/sql/driver"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/caller"
)

// stmt wraps a prepared statement.
type stmt struct {
	driver.Stmt
	conn  conn
	query string
}

// stmtOf adds ColumnConverter only for drivers that have it: database/sql converts arguments by
// other rules where it is there.
func stmtOf(s driver.Stmt, c conn, query string) driver.Stmt {
	wrapped := stmt{s, c, query}
	if converter, ok := s.(driver.ColumnConverter); ok {
		return convertingStmt{wrapped, converter}
	}
	return wrapped
}

type convertingStmt struct {
	stmt
	converter driver.ColumnConverter
}

func (s convertingStmt) ColumnConverter(column int) driver.ValueConverter {
	return s.converter.ColumnConverter(column)
}

func (s stmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	t := s.conn.tracing
	ctx, span := t.start(ctx, t.caller(t.owner), "exec", s.query)
	defer span.End()
	result, err := s.exec(ctx, args)
	pkgslo.RecordError(span, err)
	return result, err
}

func (s stmt) exec(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if e, ok := s.Stmt.(driver.StmtExecContext); ok {
		return e.ExecContext(ctx, args)
	}
	values, err := positional(ctx, args)
	if err != nil {
		return nil, err
	}
	// Deprecated, but the only way to run such a driver's statements
	return s.Stmt.Exec(values)
}

func (s stmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	t := s.conn.tracing
	ctx, span := t.start(ctx, t.caller(t.owner), "query", s.query)
	defer span.End()
	rows, err := s.rows(ctx, args)
	pkgslo.RecordError(span, err)
	return rows, err
}

func (s stmt) rows(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if q, ok := s.Stmt.(driver.StmtQueryContext); ok {
		return q.QueryContext(ctx, args)
	}
	values, err := positional(ctx, args)
	if err != nil {
		return nil, err
	}
	// Deprecated, but the only way to run such a driver's statements
	return s.Stmt.Query(values)
}

// CheckNamedValue asks the statement, else the connection, as database/sql does.
func (s stmt) CheckNamedValue(value *driver.NamedValue) error {
	if checker, ok := s.Stmt.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(value)
	}
	return s.conn.CheckNamedValue(value)
}

// tx wraps a transaction. Its spans are siblings of the span that began it.
type tx struct {
	driver.Tx
	tracing *tracing
	ctx     context.Context // of BeginTx; only to find the parent span
	from    caller.Frame    // who began it
}

func (t tx) Commit() error   { return t.end("commit", t.Tx.Commit) }
func (t tx) Rollback() error { return t.end("rollback", t.Tx.Rollback) }

func (t tx) end(op string, call func() error) error {
	_, span := t.tracing.start(t.ctx, t.tracing.caller(t.from), op, "")
	defer span.End()
	err := call()
	pkgslo.RecordError(span, err)
	return err
}
