// SPDX-License-Identifier: Apache-2.0

package money

import (
	"context"
	"testing"
)

func TestBasisPointsRoundsHalfToEven(t *testing.T) {
	for _, c := range []struct{ minor, bp, want int64 }{
		{1000, 1900, 190}, {50, 100, 0}, {150, 100, 2}, {250, 100, 2}, {-50, 100, 0}, {-150, 100, -2}, {-251, 100, -3},
	} {
		if got := EUR(c.minor).BasisPoints(c.bp).Minor; got != c.want {
			t.Errorf("%d bp of %d: got %d, want %d", c.bp, c.minor, got, c.want)
		}
	}
}

func TestConvert(t *testing.T) {
	got, err := Convert(context.Background(), EUR(10000), "USD")
	if want := (Amount{10843, "USD"}); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := Convert(context.Background(), EUR(1), "XXX"); err == nil {
		t.Error("no error for a currency without a rate")
	}
}

func TestPlusRefusesMixedCurrencies(t *testing.T) {
	if _, err := EUR(1).Plus(Amount{1, "USD"}); err == nil {
		t.Error("no error")
	}
}

func TestString(t *testing.T) {
	if got := (Amount{-1205, "EUR"}).String(); got != "-12.05 EUR" {
		t.Errorf("got %q", got)
	}
}
