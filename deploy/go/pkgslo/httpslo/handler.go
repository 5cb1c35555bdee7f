// SPDX-License-Identifier: Apache-2.0

// Package httpslo wraps net/http handlers, so that each request is a span of the package whose
// handler serves it:
//
//	http.ListenAndServe(addr, httpslo.Handler(mux))
//
// A [http.ServeMux] is looked through: the span belongs to the package of the handler that the
// request is routed to. Where that cannot be told (handlers of the standard library, such as
// [http.NotFoundHandler]), it belongs to the package that called [Handler].
package httpslo

import (
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/bound"
	"github.com/pkgslo/pkgslo-go/internal/caller"
	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// Option changes how a handler is wrapped.
type Option func(*handler)

// WithPackage binds every span to one package, whatever is wrapped.
func WithPackage(p *pkgslo.Package) Option { return func(h *handler) { h.fixed = p } }

// WithPropagator reads the caller's context with p instead of the global propagator.
func WithPropagator(p propagation.TextMapPropagator) Option {
	return func(h *handler) { h.propagator = p }
}

// WithProvider makes spans with p instead of the global provider.
func WithProvider(p trace.TracerProvider) Option {
	return func(h *handler) { h.packages.Provider = p }
}

type handler struct {
	next       http.Handler
	owner      caller.Frame // who called Handler
	fixed      *pkgslo.Package
	packages   bound.Packages
	propagator propagation.TextMapPropagator
}

// Handler returns next with a SERVER span around each request. A response of 500 or more, and a
// panic, set the span's status to Error; the panic is recorded and goes on to net/http.
func Handler(next http.Handler, options ...Option) http.Handler {
	h := &handler{next: next, owner: caller.At(1)}
	for _, option := range options {
		option(h)
	}
	return h
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	target, pattern := h.target(r)
	route := routeOf(pattern)
	ctx := h.inbound().Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := h.packageOf(target).StartAs(ctx, target.function, spanName(r.Method, route),
		trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(requestAttributes(r, route)...))
	if target.path == symbol.Main && target.file != "" { // readers resolve main by its file
		span.SetAttributes(attribute.String("code.file.path", target.file))
	}
	defer span.End() // records a panic, so it must be deferred itself

	response := &response{ResponseWriter: w}
	r = r.WithContext(ctx)
	returned := false
	defer func() {
		if route == "" && r.Pattern != "" { // a mux further in has set it on our request
			nameRoute(span, r.Method, routeOf(r.Pattern))
		}
		describe(span, response, returned)
	}()
	h.next.ServeHTTP(response.shaped(), r)
	returned = true
}

func (h *handler) inbound() propagation.TextMapPropagator {
	if h.propagator != nil {
		return h.propagator
	}
	return otel.GetTextMapPropagator()
}

func (h *handler) packageOf(t target) *pkgslo.Package {
	if h.fixed != nil {
		return h.fixed
	}
	return h.packages.Of(t.path)
}

func nameRoute(span trace.Span, method, route string) {
	if route != "" {
		span.SetName(spanName(method, route))
		span.SetAttributes(attribute.String("http.route", route))
	}
}

func describe(span trace.Span, r *response, returned bool) {
	status := r.status
	if status == 0 && returned {
		status = http.StatusOK // net/http writes it for a handler that wrote nothing
	}
	if status == 0 {
		return // a panic before the header: the client sees no status
	}
	span.SetAttributes(attribute.Int("http.response.status_code", status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
}
