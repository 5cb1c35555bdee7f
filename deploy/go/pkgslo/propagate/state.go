// SPDX-License-Identifier: Apache-2.0

package propagate

import (
	"context"
	"encoding/hex"
	"strings"

	"go.opentelemetry.io/otel/trace"
)

// state is a span context with what B3 and Jaeger know beyond it.
type state struct {
	span     trace.SpanContext
	debug    bool // the sender forces sampling, and so must everybody after us
	deferred bool // the sender left the sampling decision to us (B3)
}

type stateKey struct{}

func (s state) into(ctx context.Context) context.Context {
	ctx = trace.ContextWithRemoteSpanContext(ctx, s.span)
	// Stored also when both are false: they replace what an outer extraction left.
	return context.WithValue(ctx, stateKey{}, s)
}

// stateOf returns the context's span and what was extracted with its trace.
func stateOf(ctx context.Context) state {
	s := state{span: trace.SpanContextFromContext(ctx)}
	extracted, ok := ctx.Value(stateKey{}).(state)
	if ok && extracted.span.TraceID() == s.span.TraceID() {
		s.debug = extracted.debug
		// Once there is a local span, a decision was made.
		s.deferred = extracted.deferred && s.span.IsRemote()
	}
	return s
}

func newState(traceID trace.TraceID, spanID trace.SpanID, sampled, debug, deferred bool) (state, bool) {
	span := trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: traceID, SpanID: spanID, TraceFlags: trace.TraceFlags(0).WithSampled(sampled || debug), Remote: true,
	})
	return state{span: span, debug: debug, deferred: deferred}, span.IsValid()
}

// decode reads hexadecimal digits of either case into id, from the right, with zeros to the left.
func decode(id []byte, digits string) bool {
	if digits == "" || len(digits) > 2*len(id) {
		return false
	}
	if missing := 2*len(id) - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	_, err := hex.Decode(id, []byte(digits))
	return err == nil
}
