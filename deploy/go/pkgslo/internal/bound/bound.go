// SPDX-License-Identifier: Apache-2.0

// Package bound keeps the packages that a wrapper binds as it meets them.
package bound

import (
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
)

// Packages binds import paths to one provider. It grows to as many as the program has packages
// that use the wrapper. The zero value uses the global provider.
type Packages struct {
	Provider trace.TracerProvider // nil: the global one at first use
	byPath   sync.Map             // string -> *pkgslo.Package
}

// Of returns the package of an import path, "main" included.
func (p *Packages) Of(path string) *pkgslo.Package {
	if known, ok := p.byPath.Load(path); ok {
		return known.(*pkgslo.Package)
	}
	provider := p.Provider
	if provider == nil {
		provider = otel.GetTracerProvider()
	}
	known, _ := p.byPath.LoadOrStore(path, pkgslo.Bind(path).With(provider))
	return known.(*pkgslo.Package)
}
