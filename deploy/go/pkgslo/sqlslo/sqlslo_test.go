// SPDX-License-Identifier: Apache-2.0

package sqlslo_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/spantest"
	elsewhere "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere.v2"
	"github.com/pkgslo/pkgslo-go/sqlslo"
)

const here = "github.com/pkgslo/pkgslo-go/sqlslo_test"

func open(t *testing.T, d dialer, options ...sqlslo.Option) (*sql.DB, *tracetest.SpanRecorder) {
	t.Helper()
	provider, recorder := spantest.New()
	db := sql.OpenDB(sqlslo.Connector(d, append(options, sqlslo.WithProvider(provider))...))
	t.Cleanup(func() { _ = db.Close() })
	return db, recorder
}

func names(recorder *tracetest.SpanRecorder) []string {
	var all []string
	for _, s := range recorder.Ended() {
		all = append(all, s.Name())
	}
	return all
}

func TestQuery_bindsToCallingPackage(t *testing.T) {
	for _, c := range []struct {
		name     string
		options  []sqlslo.Option
		scope    string
		function string
	}{
		{"caller", nil, elsewhere.Path, elsewhere.Symbol + ".Exec"},
		{"skipped", []sqlslo.Option{sqlslo.WithSkip("github.com/pkgslo/pkgslo-go/internal")}, here, here + ".TestQuery_bindsToCallingPackage.func1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := new(journal)
			options := append(c.options, sqlslo.WithAttributes(attribute.String("db.system.name", "fake")), sqlslo.WithQueryText())
			db, recorder := open(t, dialer{open: func() driver.Conn { return newConn{oldConn{j}} }}, options...)
			if err := elsewhere.Exec(context.Background(), db, "/* shop */ insert into t values (?)", 1); err != nil {
				t.Fatal(err)
			}
			if got := names(recorder); !slices.Equal(got, []string{"connect", "exec INSERT"}) {
				t.Fatalf("spans %v", got)
			}
			s := recorder.Ended()[1]
			if s.InstrumentationScope().Name != c.scope || s.SpanKind() != trace.SpanKindClient {
				t.Errorf("%v span of %s", s.SpanKind(), s.InstrumentationScope().Name)
			}
			for key, want := range map[string]string{
				"code.function.name": c.function, "db.system.name": "fake", "db.operation.name": "INSERT",
				"db.query.text": "/* shop */ insert into t values (?)",
			} {
				if got := spantest.Attribute(s.Attributes(), key); got != want {
					t.Errorf("%s = %q, want %q", key, got, want)
				}
			}
		})
	}
}

// use makes one of each kind of call.
func use(ctx context.Context, db *sql.DB) error {
	_, exec := db.ExecContext(ctx, "INSERT", 7)
	r, query := db.QueryContext(ctx, "SELECT", 8)
	if query == nil {
		query = errors.Join(r.Err(), r.Close())
	}
	tx, begin := db.BeginTx(ctx, nil)
	if begin == nil {
		begin = tx.Commit()
	}
	return errors.Join(exec, query, begin, db.PingContext(ctx))
}

// A wrapped driver sees the calls that it sees without the wrapper, of whichever age it is.
func TestConnector_passesThrough(t *testing.T) {
	for _, c := range []struct {
		name  string
		open  func(j *journal) driver.Conn
		spans []string
	}{
		{"old", func(j *journal) driver.Conn { return oldConn{j} },
			[]string{"connect", "prepare INSERT", "exec INSERT", "prepare SELECT", "query SELECT", "begin", "commit"}},
		{"old direct", func(j *journal) driver.Conn { return oldDirectConn{oldConn{j}} },
			[]string{"connect", "exec INSERT", "query SELECT", "begin", "commit"}},
		{"converting", func(j *journal) driver.Conn { return convertingConn{oldConn{j}} },
			[]string{"connect", "prepare INSERT", "exec INSERT", "prepare SELECT", "query SELECT", "begin", "commit"}},
		{"new", func(j *journal) driver.Conn { return newConn{oldConn{j}} },
			[]string{"connect", "exec INSERT", "query SELECT", "begin", "commit", "ping"}},
		{"skipping", func(j *journal) driver.Conn { return skippingConn{newConn{oldConn{j}}} },
			[]string{"connect", "prepare INSERT", "exec INSERT", "query SELECT", "begin", "commit", "ping"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bare, wrapped := new(journal), new(journal)
			plain := sql.OpenDB(dialer{open: func() driver.Conn { return c.open(bare) }})
			defer plain.Close()
			db, recorder := open(t, dialer{open: func() driver.Conn { return c.open(wrapped) }})
			if err := errors.Join(use(context.Background(), plain), use(context.Background(), db)); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(bare.calls, wrapped.calls) {
				t.Errorf("without the wrapper:\n%s\nwith it:\n%s", strings.Join(bare.calls, "\n"), strings.Join(wrapped.calls, "\n"))
			}
			if got := names(recorder); !slices.Equal(got, c.spans) {
				t.Errorf("spans %v, want %v", got, c.spans)
			}
		})
	}
}

func TestStatement_prepared(t *testing.T) {
	j := new(journal)
	db, recorder := open(t, dialer{open: func() driver.Conn { return newConn{oldConn{j}} }})
	s, err := db.Prepare("UPDATE t")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Exec(1); err != nil {
		t.Error(err)
	}
	if got := names(recorder); !slices.Equal(got, []string{"connect", "prepare UPDATE", "exec UPDATE"}) {
		t.Errorf("spans %v", got)
	}
	if calls := strings.Join(j.calls, "\n"); !strings.Contains(calls, "stmt exec context [{ 1 checked 1}]") {
		t.Errorf("the connection's check was left out:\n%s", calls)
	}
}

func TestQuery_fails(t *testing.T) {
	for _, c := range []struct {
		fail   error
		status codes.Code
	}{{errNoTable, codes.Error}, {context.Canceled, codes.Unset}} {
		j := new(journal)
		db, recorder := open(t, dialer{open: func() driver.Conn { return oldDirectConn{oldConn{j}} }})
		j.fail = c.fail
		if err := elsewhere.Exec(context.Background(), db, "DELETE"); !errors.Is(err, c.fail) {
			t.Errorf("error %v", err)
		}
		if s := recorder.Ended()[1]; s.Status().Code != c.status || spantest.Attribute(s.Attributes(), "error.type") == "" {
			t.Errorf("%v: status %v", c.fail, s.Status())
		}
	}
}

func TestQuery_panics(t *testing.T) {
	for name, open1 := range map[string]func(*journal) driver.Conn{
		"direct":   func(j *journal) driver.Conn { return newConn{oldConn{j}} },
		"prepared": func(j *journal) driver.Conn { return oldConn{j} },
	} {
		t.Run(name, func(t *testing.T) {
			j := &journal{boom: "boom"}
			db, recorder := open(t, dialer{open: func() driver.Conn { return open1(j) }})
			value := func() (v any) {
				defer func() { v = recover() }()
				_ = elsewhere.Exec(context.Background(), db, "DELETE")
				return nil
			}()
			s := recorder.Ended()[len(recorder.Ended())-1]
			if value != "boom" || s.Name() != "exec DELETE" {
				t.Fatalf("%v came out, span %q", value, s.Name())
			}
			events := spantest.Exceptions(s)
			if len(events) != 1 || s.Status().Code != codes.Error {
				t.Fatalf("%d exceptions, status %v", len(events), s.Status())
			}
			stack := spantest.Attribute(events[0], "exception.stacktrace")
			if origin := stack[strings.LastIndex(stack, "\npanic("):]; !strings.Contains(origin, "journal).statement") {
				t.Errorf("the origin is lost:\n%s", stack)
			}
		})
	}
}

func TestTransaction_childOfCaller(t *testing.T) {
	j := new(journal)
	db, recorder := open(t, dialer{open: func() driver.Conn { return newConn{oldConn{j}} }})
	provider, _ := spantest.New()
	ctx, request := provider.Tracer("x").Start(context.Background(), "request")
	defer request.End()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	for _, s := range recorder.Ended() {
		if s.Parent().SpanID() != request.SpanContext().SpanID() || s.InstrumentationScope().Name != here {
			t.Errorf("%s of %s has parent %v", s.Name(), s.InstrumentationScope().Name, s.Parent().SpanID())
		}
	}
	if !slices.Contains(j.calls, "begin 6 true") {
		t.Errorf("options are lost: %v", j.calls)
	}
}

func TestTransaction_oldDriverRefusesOptions(t *testing.T) {
	db, _ := open(t, dialer{open: func() driver.Conn { return oldConn{new(journal)} }})
	for _, o := range []sql.TxOptions{{Isolation: sql.LevelSerializable}, {ReadOnly: true}} {
		if _, err := db.BeginTx(context.Background(), &o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
	if _, err := db.Exec("INSERT", sql.Named("id", 1)); err == nil {
		t.Error("a named argument was accepted")
	}
}

func TestDriver(t *testing.T) {
	provider, recorder := spantest.New()
	d := sqlslo.Driver(dialer{open: func() driver.Conn { return oldConn{new(journal)} }}, sqlslo.WithProvider(provider))
	c, err := d.Open("dsn")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := sqlslo.Unwrap(c).(oldConn); !ok {
		t.Errorf("unwrapped %T", sqlslo.Unwrap(c))
	}
	if sqlslo.Unwrap(7) != 7 {
		t.Error("something else did not stay as it is")
	}
	if s := spantest.One(t, recorder); s.Name() != "connect" || s.InstrumentationScope().Name != here {
		t.Errorf("%q of %s", s.Name(), s.InstrumentationScope().Name)
	}
	failing := sqlslo.Driver(dialer{fail: errNoTable}, sqlslo.WithProvider(provider))
	if _, err := failing.Open("dsn"); !errors.Is(err, errNoTable) || recorder.Ended()[1].Status().Code != codes.Error {
		t.Errorf("error %v", err)
	}
}

// closing is a driver with connectors, which want to be closed.
type closing struct {
	dialer
	closed *bool
}

func (c closing) OpenConnector(string) (driver.Connector, error) { return c, c.fail }
func (c closing) Close() error                                   { *c.closed = true; return nil }

func TestDriver_withConnectors(t *testing.T) {
	closed := false
	d := sqlslo.Driver(closing{dialer{open: func() driver.Conn { return oldConn{new(journal)} }}, &closed})
	c, err := d.(driver.DriverContext).OpenConnector("dsn")
	if err != nil {
		t.Fatal(err)
	}
	if err := sql.OpenDB(c).Close(); err != nil || !closed {
		t.Errorf("closed %v, %v", closed, err)
	}
	if _, ok := c.Driver().(driver.Driver); !ok {
		t.Error("no driver")
	}
	bad := sqlslo.Driver(closing{dialer: dialer{fail: errNoTable}})
	if _, err := bad.(driver.DriverContext).OpenConnector("dsn"); !errors.Is(err, errNoTable) {
		t.Errorf("error %v", err)
	}
}
