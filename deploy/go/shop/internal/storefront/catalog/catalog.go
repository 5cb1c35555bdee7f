// SPDX-License-Identifier: Apache-2.0

// Package catalog finds products by words and beginnings of words.
package catalog

import (
	"context"
	"slices"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/internal/product"
)

var tracer = otel.Tracer("github.com/pkgslo/shop/internal/storefront/catalog")

// index maps every beginning of a search word, from two letters on, to the products that have it.
// It is built when the package is initialised, before the first request can wait for it.
var index = build(product.All())

func build(products []product.Product) map[string][]int {
	switches.SlowInit("catalog")
	built := map[string][]int{}
	for i, p := range products {
		for _, word := range p.Words() {
			for end := 2; end <= len(word); end++ {
				if list := built[word[:end]]; len(list) == 0 || list[len(list)-1] != i {
					built[word[:end]] = append(list, i)
				}
			}
		}
	}
	return built
}

// Search returns the products that have all words of a query, or all products for an empty query.
func Search(ctx context.Context, query string) ([]product.Product, error) {
	ctx, span := tracer.Start(ctx, "catalog.Search")
	defer span.End()
	if err := switches.Slow(ctx, "catalog"); err != nil {
		return nil, err
	}
	found := search(strings.Fields(strings.ToLower(query)))
	span.SetAttributes(attribute.String("catalog.query", query), attribute.Int("catalog.found", len(found)))
	return found, nil
}

func search(words []string) []product.Product {
	if len(words) == 0 {
		return product.All()
	}
	matching := index[words[0]]
	for _, word := range words[1:] {
		also := index[word]
		matching = slices.DeleteFunc(slices.Clone(matching), func(i int) bool {
			_, ok := slices.BinarySearch(also, i)
			return !ok
		})
	}
	found := make([]product.Product, 0, len(matching))
	for _, i := range matching {
		found = append(found, product.All()[i])
	}
	return found
}
