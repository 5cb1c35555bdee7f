// SPDX-License-Identifier: Apache-2.0

// Package propagate reads and writes trace context in the formats that Go services meet: W3C
// traceparent, B3 in one header and in several, and Jaeger's uber-trace-id.
//
//	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
//		propagate.Auto(propagate.W3C, propagate.B3), propagation.Baggage{}))
//
// Keys are lower case, as gRPC metadata and Kafka headers need them; carriers for HTTP headers find
// any case. Values that break their format's rules are ignored as a whole: a trace that is cut is
// visible, a trace that is joined to a wrong one is not.
package propagate

import (
	"context"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Format is one spelling of trace context. As a [propagation.TextMapPropagator] it injects and
// extracts this spelling only.
type Format struct {
	inject  func(state, propagation.TextMapCarrier)
	extract func(propagation.TextMapCarrier) (state, bool)
	fields  []string
}

var _ propagation.TextMapPropagator = (*Format)(nil)

// The formats. B3 and B3Multi differ in what they inject; both extract both, the single header
// first.
var (
	W3C     = &Format{inject: injectW3C, extract: extractW3C, fields: propagation.TraceContext{}.Fields()}
	B3      = &Format{inject: injectB3Single, extract: extractB3, fields: []string{b3Single}}
	B3Multi = &Format{inject: injectB3Multi, extract: extractB3, fields: []string{b3TraceID, b3SpanID, b3Sampled, b3Flags}}
	Jaeger  = &Format{inject: injectJaeger, extract: extractJaeger, fields: []string{uberTraceID}}
)

// Inject writes the context's span, if it has a valid one.
func (f *Format) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	if s := stateOf(ctx); s.span.IsValid() {
		f.inject(s, carrier)
	}
}

// Extract returns ctx with the carrier's span as remote parent, or ctx itself when there is none.
func (f *Format) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	if s, ok := f.extract(carrier); ok {
		return s.into(ctx)
	}
	return ctx
}

// Fields returns the keys that Inject may set.
func (f *Format) Fields() []string { return append([]string(nil), f.fields...) }

// Auto extracts the first format that a carrier holds in valid form, in the order W3C, B3, Jaeger,
// and injects all of the given formats, or W3C when none is given.
func Auto(inject ...*Format) propagation.TextMapPropagator {
	if len(inject) == 0 {
		inject = []*Format{W3C}
	}
	return auto(append([]*Format(nil), inject...))
}

type auto []*Format

func (a auto) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	for _, f := range a {
		f.Inject(ctx, carrier)
	}
}

func (a auto) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	for _, f := range []*Format{W3C, B3, Jaeger} {
		if s, ok := f.extract(carrier); ok {
			return s.into(ctx)
		}
	}
	return ctx
}

func (a auto) Fields() []string {
	var fields []string
	for _, f := range a {
		fields = append(fields, f.fields...)
	}
	return fields
}

func injectW3C(s state, carrier propagation.TextMapCarrier) {
	propagation.TraceContext{}.Inject(trace.ContextWithSpanContext(context.Background(), s.span), carrier)
}

func extractW3C(carrier propagation.TextMapCarrier) (state, bool) {
	ctx := propagation.TraceContext{}.Extract(context.Background(), carrier)
	s := state{span: trace.SpanContextFromContext(ctx)}
	return s, s.span.IsValid()
}
