// SPDX-License-Identifier: Apache-2.0

package pkgslo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime/debug"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// The exception event of the semantic conventions.
const (
	exceptionEvent   = "exception"
	exceptionType    = attribute.Key("exception.type")
	exceptionMessage = attribute.Key("exception.message")
	exceptionStack   = attribute.Key("exception.stacktrace")
	errorType        = attribute.Key("error.type")
)

// span is a provider's span whose End records panics in full.
type span struct{ trace.Span }

// End ends the span. It must be deferred itself: recover has no effect any deeper.
func (s *span) End(options ...trace.SpanEndOption) {
	v := recover()
	if v == nil {
		s.Span.End(options...)
		return
	}
	defer panic(v) // even when a span processor panics: the first cause is what counts
	now := time.Now()
	recordPanic(s.Span, v, now)
	// The event is not before the end: readers tell a panic from a recorded error by that.
	s.Span.End(append([]trace.SpanEndOption{trace.WithTimestamp(now)}, options...)...)
}

// Recover records a panic on the context's span and lets it go on. It is for functions and
// goroutines that have no span of their own, and must be deferred itself:
//
//	defer tel.Recover(ctx)
//
// When the context's span has ended, or there is none, the panic gets a span of its own.
func (p *Package) Recover(ctx context.Context) {
	v := recover()
	if v == nil {
		return
	}
	defer panic(v)
	current := trace.SpanFromContext(ctx)
	if current.IsRecording() {
		recordPanic(current, v, time.Now())
		return
	}
	if isAbort(v) {
		return
	}
	_, own := p.start(ctx, p.function(0, "panic"), "panic", nil)
	now := time.Now()
	recordPanic(own.(*span).Span, v, now)
	own.(*span).Span.End(trace.WithTimestamp(now))
}

// RecordError records err on a span and sets its status to Error. It does nothing for nil. A
// cancelled context is recorded but leaves the status alone: it was the caller's wish.
func RecordError(s trace.Span, err error) {
	if err == nil {
		return
	}
	s.SetAttributes(errorType.String(typeName(err)))
	if errors.Is(err, context.Canceled) {
		return
	}
	s.RecordError(err)
	s.SetStatus(codes.Error, err.Error())
}

func recordPanic(s trace.Span, v any, at time.Time) {
	if !s.IsRecording() || isAbort(v) {
		return
	}
	message := fmt.Sprint(v)
	s.AddEvent(exceptionEvent, trace.WithTimestamp(at), trace.WithAttributes(
		exceptionType.String(typeName(v)),
		exceptionMessage.String(message),
		exceptionStack.String(string(debug.Stack())),
	))
	s.SetStatus(codes.Error, message)
}

// isAbort tells the value by which a handler asks net/http to drop the connection silently.
func isAbort(v any) bool { return v == http.ErrAbortHandler }

// typeName spells a type as the OpenTelemetry SDK does in its exception events, so that the copies
// of one panic agree: import path and name, or as %T prints types that have no name.
func typeName(v any) string {
	t := reflect.TypeOf(v)
	if t.PkgPath() == "" && t.Name() == "" {
		return t.String()
	}
	return t.PkgPath() + "." + t.Name()
}
