// SPDX-License-Identifier: Apache-2.0

package tax

import (
	"context"
	"testing"

	"github.com/pkgslo/shop/pkg/money.v2"
)

func TestGross(t *testing.T) {
	got, err := Gross(context.Background(), money.EUR(1000), "DE")
	if want := money.EUR(1190); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := Gross(context.Background(), money.EUR(1000), "XX"); err == nil {
		t.Error("no error for an unknown country")
	}
}

func TestMustLoadPanicsOnABrokenTable(t *testing.T) {
	for _, text := range []string{"DE 1900", "DE x EUR"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q: no panic", text)
				}
			}()
			mustLoad(text)
		}()
	}
}
