// SPDX-License-Identifier: Apache-2.0

// Package sqlslo wraps database/sql drivers, so that each query is a span of the package that made
// it:
//
//	sql.Register("postgres+slo", sqlslo.Driver(&pq.Driver{}))
//	db := sql.OpenDB(sqlslo.Connector(connector))
//
// The calling package is the nearest one on the stack that is neither the standard library's nor
// named by [WithSkip]. Where there is none, as when database/sql rolls back for a cancelled context,
// the span belongs to the package that wrapped the driver, or for a transaction to that which began
// it.
//
// A wrapped connection offers what the driver's connection offers, no more and no less, as
// database/sql finds out by type assertion. Rows and results are the driver's own: a query's span
// ends when its rows can be read, not when they have been.
package sqlslo

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/bound"
	"github.com/pkgslo/pkgslo-go/internal/caller"
	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

const ownPath = "github.com/pkgslo/pkgslo-go/sqlslo"

// Option changes how a driver is wrapped.
type Option func(*tracing)

// WithSkip names packages that only pass queries on, such as "gorm.io" or "example.com/shop/db":
// neither they nor what lies below them counts as the caller.
func WithSkip(importPaths ...string) Option {
	return func(t *tracing) { t.skip = append(t.skip, importPaths...) }
}

// WithAttributes adds attributes to every span, such as db.system.name and db.namespace.
func WithAttributes(attributes ...attribute.KeyValue) Option {
	return func(t *tracing) { t.attributes = append(t.attributes, attributes...) }
}

// WithQueryText adds the text of statements as db.query.text. Texts may hold personal data where
// values are not passed as arguments; arguments are never recorded.
func WithQueryText() Option { return func(t *tracing) { t.text = true } }

// WithProvider makes spans with p instead of the global provider.
func WithProvider(p trace.TracerProvider) Option {
	return func(t *tracing) { t.packages.Provider = p }
}

// Driver wraps a driver for [database/sql.Register].
func Driver(d driver.Driver, options ...Option) driver.Driver {
	t := newTracing(caller.At(1), options)
	if c, ok := d.(driver.DriverContext); ok {
		return contextDriver{tracedDriver{d, t}, c}
	}
	return tracedDriver{d, t}
}

// Connector wraps a connector for [database/sql.OpenDB].
func Connector(c driver.Connector, options ...Option) driver.Connector {
	return connectorOf(c, newTracing(caller.At(1), options))
}

type tracedDriver struct {
	driver.Driver
	tracing *tracing
}

// Open is what database/sql calls for drivers without connectors; it has no context.
func (d tracedDriver) Open(name string) (driver.Conn, error) {
	return d.tracing.connect(context.Background(), func(context.Context) (driver.Conn, error) {
		return d.Driver.Open(name)
	})
}

type contextDriver struct {
	tracedDriver
	inner driver.DriverContext
}

func (d contextDriver) OpenConnector(name string) (driver.Connector, error) {
	c, err := d.inner.OpenConnector(name)
	if err != nil {
		return nil, err
	}
	return connectorOf(c, d.tracing), nil
}

type connector struct {
	driver.Connector
	tracing *tracing
}

func connectorOf(c driver.Connector, t *tracing) driver.Connector {
	if closer, ok := c.(io.Closer); ok {
		return closingConnector{connector{c, t}, closer}
	}
	return connector{c, t}
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	return c.tracing.connect(ctx, c.Connector.Connect)
}

func (c connector) Driver() driver.Driver { return tracedDriver{c.Connector.Driver(), c.tracing} }

// closingConnector is a connector that sql.DB.Close closes.
type closingConnector struct {
	connector
	io.Closer
}

// tracing makes the spans of one wrapped driver.
type tracing struct {
	owner      caller.Frame // who wrapped the driver
	skip       []string
	attributes []attribute.KeyValue
	text       bool
	packages   bound.Packages
}

func newTracing(owner caller.Frame, options []Option) *tracing {
	t := &tracing{owner: owner}
	for _, option := range options {
		option(t)
	}
	return t
}

func (t *tracing) connect(ctx context.Context, open func(context.Context) (driver.Conn, error)) (c driver.Conn, err error) {
	ctx, span := t.start(ctx, t.caller(t.owner), "connect", "")
	defer span.End()
	c, err = open(ctx)
	pkgslo.RecordError(span, err)
	if err != nil {
		return nil, err
	}
	return connOf(c, t), nil
}

// caller finds the package to bind to; otherwise is for stacks without one.
func (t *tracing) caller(otherwise caller.Frame) caller.Frame {
	from, ok := caller.First(func(path string) bool {
		if path == ownPath {
			return true
		}
		for _, skip := range t.skip {
			if symbol.Within(path, skip) {
				return true
			}
		}
		return false
	})
	if !ok {
		return otherwise
	}
	return from
}

func (t *tracing) start(ctx context.Context, from caller.Frame, op, query string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	name, attributes := t.describe(op, query)
	if from.Package == symbol.Main { // readers resolve main by its file
		attributes = append(attributes, attribute.String("code.file.path", from.File))
	}
	options = append(options, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
	return t.packages.Of(from.Package).StartAs(ctx, from.Symbol, name, options...)
}

func (t *tracing) describe(op, query string) (string, []attribute.KeyValue) {
	attributes := t.attributes[:len(t.attributes):len(t.attributes)]
	if query == "" {
		return op, attributes
	}
	if t.text {
		attributes = append(attributes, attribute.String("db.query.text", query))
	}
	if verb := verbOf(query); verb != "" {
		attributes = append(attributes, attribute.String("db.operation.name", verb))
		return op + " " + verb, attributes
	}
	return op, attributes
}

// isSkip reports whether a driver asked database/sql to take the longer way: nothing has happened.
func isSkip(err error) bool { return errors.Is(err, driver.ErrSkip) }

// Unwrap returns the driver's own connection for one that [database/sql.Conn.Raw] gave, and anything
// else as it is.
func Unwrap(driverConn any) any {
	if wrapped, ok := driverConn.(interface{ unwrap() driver.Conn }); ok {
		return wrapped.unwrap()
	}
	return driverConn
}
