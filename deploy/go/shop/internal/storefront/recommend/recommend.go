// SPDX-License-Identifier: Apache-2.0

// Package recommend suggests what others bought together with a product.
package recommend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/internal/product"
)

// ErrStale is the error while the model is being rebuilt.
var ErrStale = errors.New("recommendations are being rebuilt")

var tracer = otel.Tracer("github.com/pkgslo/shop/internal/storefront/recommend")

// Model counts which products were bought together.
type Model struct {
	mu    sync.Mutex
	pairs map[string]map[string]int
}

// NewModel knows nothing yet and recommends from the same group.
func NewModel() *Model { return &Model{pairs: map[string]map[string]int{}} }

// Learn counts one order.
func (m *Model) Learn(skus []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range skus {
		for _, b := range skus {
			if a == b {
				continue
			}
			if m.pairs[a] == nil {
				m.pairs[a] = map[string]int{}
			}
			m.pairs[a][b]++
		}
	}
}

// For returns up to n SKUs that go with a product, best first.
func (m *Model) For(ctx context.Context, sku string, n int) ([]string, error) {
	_, span := tracer.Start(ctx, "Model.For")
	defer span.End()
	if switches.Fails("recommend") {
		span.RecordError(ErrStale)
		span.SetStatus(codes.Error, ErrStale.Error())
		return nil, ErrStale
	}
	best := m.rank(sku)
	span.SetAttributes(attribute.Int("recommend.candidates", len(best)))
	return best[:min(n, len(best))], nil
}

func (m *Model) rank(sku string) []string {
	self := lookup(sku)
	m.mu.Lock()
	defer m.mu.Unlock()
	counts := m.pairs[sku]
	var candidates []string
	for _, p := range product.All() {
		if p.SKU != sku && (counts[p.SKU] > 0 || p.Group == self.Group) {
			candidates = append(candidates, p.SKU)
		}
	}
	slices.SortFunc(candidates, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return candidates
}

// lookup finds a product; the panic switch loses it, and rank uses what it got unchecked.
func lookup(sku string) *product.Product {
	p, ok := product.Find(sku)
	if !ok {
		return &product.Product{}
	}
	if switches.Panics("recommend") {
		return nil
	}
	return &p
}
