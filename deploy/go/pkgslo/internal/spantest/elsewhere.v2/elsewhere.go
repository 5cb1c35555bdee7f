// SPDX-License-Identifier: Apache-2.0

// Package elsewhere is application code for the tests of the wrappers: in a package other than the
// test's, with a dot in its path's last element, which symbols escape.
package elsewhere

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"sync"

	"go.opentelemetry.io/otel/trace"
)

// The import path of this package, and how its symbols begin.
const (
	Path   = "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere.v2"
	Symbol = "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere%2ev2"
)

// Page serves requests.
type Page struct{ Status int }

// ServeHTTP answers with the page's status; 0 panics.
func (p *Page) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if p.Status == 0 {
		panic("no page")
	}
	w.WriteHeader(p.Status)
}

// List is a handler as a method value.
func (p *Page) List(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("list")) }

// Index is a handler as a function.
func Index(http.ResponseWriter, *http.Request) {}

// Exec runs a statement.
func Exec(ctx context.Context, db *sql.DB, query string, args ...any) error {
	_, err := db.ExecContext(ctx, query, args...)
	return err
}

// Arith is a receiver for net/rpc.
type Arith struct {
	mu   sync.Mutex
	seen trace.SpanContext
}

// Args are operands that want their call's context.
type Args struct {
	A, B int
	ctx  context.Context
}

// SetContext is for rpcslo.
func (a *Args) SetContext(ctx context.Context) { a.ctx = ctx }

// Divide is a method that can fail.
func (a *Arith) Divide(args *Args, reply *int) error {
	if args.ctx != nil {
		a.mu.Lock()
		a.seen = trace.SpanContextFromContext(args.ctx)
		a.mu.Unlock()
	}
	if args.B == 0 {
		return errors.New("divide by zero")
	}
	*reply = args.A / args.B
	return nil
}

// Seen returns the span in which Divide was called last.
func (a *Arith) Seen() trace.SpanContext {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.seen
}
