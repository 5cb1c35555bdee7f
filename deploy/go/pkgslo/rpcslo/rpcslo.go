// SPDX-License-Identifier: Apache-2.0

// Package rpcslo traces net/rpc: calls are spans of the calling package, and what serves them spans
// of the package of the registered receiver.
//
// Trace context travels in the gob header of each request, in a field that plain net/rpc does not
// have. Gob skips fields that the receiver does not know and leaves fields zero that the sender does
// not send, so each side may be plain net/rpc; context is then not passed on, and everything else
// works as before.
//
// Methods of net/rpc have no context parameter. Arguments that implement [ContextSetter] get it:
//
//	type Args struct {
//		A, B int
//		ctx  context.Context // gob does not send it
//	}
//
//	func (a *Args) SetContext(ctx context.Context) { a.ctx = ctx }
//
// A panic in a method ends the process, as with plain net/rpc: it happens on a goroutine of the
// server that no codec can guard. Methods record it with a span or Recover of their own.
package rpcslo

import (
	"context"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/bound"
)

// ContextSetter is implemented by arguments that want the context of their call: the server's span,
// and what the propagator extracted.
type ContextSetter interface{ SetContext(context.Context) }

// Option changes how calls are traced.
type Option func(*config)

// WithPropagator carries context with p instead of the global propagator.
func WithPropagator(p propagation.TextMapPropagator) Option {
	return func(c *config) { c.propagator = p }
}

// WithProvider makes spans with p instead of the global provider.
func WithProvider(p trace.TracerProvider) Option {
	return func(c *config) { c.packages.Provider = p }
}

type config struct {
	propagator propagation.TextMapPropagator
	packages   bound.Packages
}

func newConfig(options []Option) *config {
	c := new(config)
	for _, option := range options {
		option(c)
	}
	return c
}

func (c *config) propagation() propagation.TextMapPropagator {
	if c.propagator != nil {
		return c.propagator
	}
	return otel.GetTextMapPropagator()
}

// requestHeader is rpc.Request as it goes over the wire, and the context besides.
type requestHeader struct {
	ServiceMethod string
	Seq           uint64
	Context       map[string]string
}
