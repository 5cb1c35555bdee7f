// SPDX-License-Identifier: Apache-2.0

package pricing

import (
	"context"
	"testing"
	"time"

	"github.com/pkgslo/shop/internal/checkout/cart"
	"github.com/pkgslo/shop/pkg/money.v2"
)

var november = time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)

func TestPriceAppliesTierAndCoupon(t *testing.T) {
	lines := []cart.Line{{SKU: "TEA-002", Quantity: 6}, {SKU: "COF-001", Quantity: 1}}
	// 6 x 8.90 = 53.40, less 4 % and 10 % = 45.924 -> 45.92; plus 11.90
	got, err := Price(context.Background(), lines, "TEA-10-2611", "EUR", november)
	if want := money.EUR(5782); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestPriceIgnoresABadCoupon(t *testing.T) {
	got, err := Price(context.Background(), []cart.Line{{SKU: "COF-001", Quantity: 1}}, "nonsense", "EUR", november)
	if want := money.EUR(1190); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestVolumeDiscountsAgreeWhereATierIsReached(t *testing.T) {
	for quantity, want := range map[int]int64{3: 200, 5: 200, 6: 400, 47: 700, 48: 1200, 500: 1200} {
		if got := volumeDiscount(quantity); got != want {
			t.Errorf("%d pieces: got %d, want %d", quantity, got, want)
		}
		if got := volumeDiscountFromTop(quantity); got != want {
			t.Errorf("%d pieces, from the top: got %d, want %d", quantity, got, want)
		}
	}
}

func TestVolumeDiscountFromTopPanicsOnASmallLine(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	volumeDiscountFromTop(2)
}
