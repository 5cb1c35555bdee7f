// SPDX-License-Identifier: Apache-2.0

package pkgslo

import (
	"context"
	"slices"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/caller"
	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// The attributes of the semantic conventions that say which code a span belongs to.
const (
	functionKey = attribute.Key("code.function.name")
	fileKey     = attribute.Key("code.file.path")
)

// Package starts spans that belong to one Go package. Make one with [Bind].
type Package struct {
	path       string // as in symbols, unescaped: "main" for a program
	scope      string
	file       string // where main was bound; "" for every other package
	attributes []attribute.KeyValue
	tracer     trace.Tracer
	functions  *sync.Map // call site (uintptr) -> symbol; as many as the program has
}

// Bind returns the Package of an import path, or of the calling package when name is empty. Every
// span of it carries attrs. Its tracer is that of the global provider; Bind may run before
// [otel.SetTracerProvider], as a package variable's initialiser does. Spans that are started before
// then are lost.
//
// The scope's version is the version of the module that holds the package, where the build tells
// it. For package main the scope's name is the import path that the program was built from.
func Bind(name string, attrs ...attribute.KeyValue) *Package {
	from := caller.At(1)
	p := &Package{path: name, attributes: slices.Clone(attrs), functions: new(sync.Map)}
	if name == "" {
		p.path = from.Package
	}
	if p.path == symbol.Main && from.Package == symbol.Main {
		p.file = from.File
	}
	p.scope = scopeName(p.path, readBuild())
	return p.With(otel.GetTracerProvider())
}

// With returns the same package bound to another provider. Tests use it, and programs with more
// than one provider.
func (p *Package) With(provider trace.TracerProvider) *Package {
	bound := *p
	var options []trace.TracerOption
	if version := moduleVersion(p.scope, readBuild()); version != "" {
		options = append(options, trace.WithInstrumentationVersion(version))
	}
	bound.tracer = provider.Tracer(p.scope, options...)
	return &bound
}

// Name returns the import path that spans carry as their scope.
func (p *Package) Name() string { return p.scope }

// Symbol returns how the runtime would print a function of this package, for [Package.StartAs]. What
// no identifier may hold becomes '_'.
func (p *Package) Symbol(function string) string { return symbol.Function(p.path, function) }

// Start starts a span named op. It carries the calling function as code.function.name; when the
// caller is not in this package, a function is named after op instead, because readers believe
// that attribute before the scope.
//
// The context that Start returns holds the provider's own span. The span that it returns behaves
// the same but for End: deferred directly, as in "defer span.End()", it records a panic that passes,
// with type, message and whole stack, sets the status to Error, and lets the panic go on.
// [http.ErrAbortHandler] and [runtime.Goexit] are no panics.
func (p *Package) Start(ctx context.Context, op string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return p.start(ctx, p.function(caller.PC(1), op), op, options)
}

// StartAs is Start for code that stands in for another function, as wrappers do. The function is a
// symbol as the runtime prints it, such as example.com/a/yaml%2ev3.(*Decoder).Decode; readers take
// the package from it before they look at the scope.
func (p *Package) StartAs(ctx context.Context, function, op string, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	return p.start(ctx, function, op, options)
}

// Do runs f inside of a span. An error that f returns is recorded and sets the status to Error; a
// panic is recorded as by [Package.Start]. Do returns what f returned.
func (p *Package) Do(ctx context.Context, op string, f func(context.Context) error) error {
	ctx, span := p.start(ctx, p.function(caller.PC(1), op), op, nil)
	defer span.End()
	err := f(ctx)
	RecordError(span, err)
	return err
}

func (p *Package) start(ctx context.Context, function, op string, options []trace.SpanStartOption) (context.Context, trace.Span) {
	attributes := make([]attribute.KeyValue, 0, len(p.attributes)+2)
	attributes = append(attributes, p.attributes...)
	attributes = append(attributes, functionKey.String(function))
	if p.file != "" {
		attributes = append(attributes, fileKey.String(p.file))
	}
	all := make([]trace.SpanStartOption, 0, len(options)+1)
	all = append(append(all, trace.WithAttributes(attributes...)), options...)
	ctx, s := p.tracer.Start(ctx, op, all...)
	return ctx, &span{Span: s}
}

func (p *Package) function(pc uintptr, op string) string {
	f, ok := p.functions.Load(pc)
	if !ok {
		if at := caller.Of(pc); at.Package == p.path {
			f = at.Symbol
		} else {
			f = ""
		}
		p.functions.Store(pc, f)
	}
	if s := f.(string); s != "" {
		return s
	}
	return symbol.Function(p.path, op)
}
