// SPDX-License-Identifier: Apache-2.0

package catalog

import (
	"context"
	"testing"

	"github.com/pkgslo/shop/internal/product"
)

func TestSearch(t *testing.T) {
	for query, want := range map[string][]string{
		"":            nil, // everything
		"Espresso":    {"COF-001", "CUP-002"},
		"espre cup":   {"CUP-002"},
		"teapot iron": {"POT-002"},
		"rakija":      {},
	} {
		found, err := Search(context.Background(), query)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			if len(found) != len(product.All()) {
				t.Errorf("%q: %d products", query, len(found))
			}
			continue
		}
		var got []string
		for _, p := range found {
			got = append(got, p.SKU)
		}
		if len(got) != len(want) {
			t.Errorf("%q: got %v, want %v", query, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: got %v, want %v", query, got, want)
			}
		}
	}
}
