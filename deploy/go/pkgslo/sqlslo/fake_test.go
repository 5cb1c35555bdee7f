// SPDX-License-Identifier: Apache-2.0

package sqlslo_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"
)

var errNoTable = errors.New("no such table")

// journal is what a fake driver was asked for.
type journal struct {
	mu    sync.Mutex
	calls []string
	fail  error // what statements return
	boom  any   // what statements panic with
}

func (j *journal) note(format string, args ...any) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.calls = append(j.calls, fmt.Sprintf(format, args...))
	return j.fail
}

func (j *journal) statement(format string, args ...any) error {
	if j.boom != nil {
		panic(j.boom)
	}
	return j.note(format, args...)
}

// dialer is a driver and a connector for one kind of connection.
type dialer struct {
	open func() driver.Conn
	fail error
}

func (d dialer) Open(string) (driver.Conn, error) { return d.Connect(context.Background()) }

func (d dialer) Connect(context.Context) (driver.Conn, error) {
	if d.fail != nil {
		return nil, d.fail
	}
	return d.open(), nil
}

func (d dialer) Driver() driver.Driver { return d }

// oldConn implements nothing but what every connection must, as drivers of before Go 1.8 do.
type oldConn struct{ j *journal }

func (c oldConn) Prepare(q string) (driver.Stmt, error) {
	return oldStmt{c.j, q}, c.j.note("prepare %s", q)
}
func (c oldConn) Close() error              { return nil }
func (c oldConn) Begin() (driver.Tx, error) { return oldTx(c), c.j.note("begin") }

type oldTx struct{ j *journal }

func (t oldTx) Commit() error   { return t.j.note("commit") }
func (t oldTx) Rollback() error { return t.j.note("rollback") }

type oldStmt struct {
	j *journal
	q string
}

func (s oldStmt) Close() error  { return nil }
func (s oldStmt) NumInput() int { return -1 }
func (s oldStmt) Exec(args []driver.Value) (driver.Result, error) {
	return driver.RowsAffected(1), s.j.statement("stmt exec %v", args)
}
func (s oldStmt) Query(args []driver.Value) (driver.Rows, error) {
	return rows{}, s.j.statement("stmt query %v", args)
}

type rows struct{}

func (rows) Columns() []string         { return []string{"c"} }
func (rows) Close() error              { return nil }
func (rows) Next([]driver.Value) error { return io.EOF }

// oldDirectConn has the Execer and Queryer of before Go 1.8.
type oldDirectConn struct{ oldConn }

func (c oldDirectConn) Exec(_ string, args []driver.Value) (driver.Result, error) {
	return driver.RowsAffected(1), c.j.statement("old exec %v", args)
}
func (c oldDirectConn) Query(_ string, args []driver.Value) (driver.Rows, error) {
	return rows{}, c.j.statement("old query %v", args)
}

// convertingConn prepares statements with a ColumnConverter.
type convertingConn struct{ oldConn }

func (c convertingConn) Prepare(q string) (driver.Stmt, error) {
	return convertingStmt{oldStmt{c.j, q}}, nil
}

type convertingStmt struct{ oldStmt }

func (convertingStmt) NumInput() int { return 1 }
func (convertingStmt) ColumnConverter(int) driver.ValueConverter {
	return converter{}
}

type converter struct{}

func (converter) ConvertValue(v any) (driver.Value, error) {
	return fmt.Sprintf("converted %v", v), nil
}

// newConn implements all there is.
type newConn struct{ oldConn }

func (c newConn) Ping(context.Context) error         { return c.j.note("ping") }
func (c newConn) ResetSession(context.Context) error { return c.j.note("reset") }
func (c newConn) IsValid() bool                      { return c.j.note("valid") == nil }
func (c newConn) CheckNamedValue(v *driver.NamedValue) error {
	v.Value = fmt.Sprintf("checked %v", v.Value)
	return nil
}
func (c newConn) PrepareContext(_ context.Context, q string) (driver.Stmt, error) {
	return newStmt{oldStmt{c.j, q}}, nil
}
func (c newConn) BeginTx(_ context.Context, o driver.TxOptions) (driver.Tx, error) {
	return oldTx{c.j}, c.j.note("begin %d %v", o.Isolation, o.ReadOnly)
}
func (c newConn) ExecContext(_ context.Context, _ string, args []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), c.j.statement("exec %v", args)
}
func (c newConn) QueryContext(_ context.Context, _ string, args []driver.NamedValue) (driver.Rows, error) {
	return rows{}, c.j.statement("query %v", args)
}

type newStmt struct{ oldStmt }

func (s newStmt) ExecContext(_ context.Context, args []driver.NamedValue) (driver.Result, error) {
	return driver.RowsAffected(1), s.j.statement("stmt exec context %v", args)
}
func (s newStmt) QueryContext(_ context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return rows{}, s.j.statement("stmt query context %v", args)
}

// skippingConn sends every direct statement the longer way.
type skippingConn struct{ newConn }

func (c skippingConn) ExecContext(context.Context, string, []driver.NamedValue) (driver.Result, error) {
	return nil, driver.ErrSkip
}
