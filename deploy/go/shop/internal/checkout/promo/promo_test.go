// SPDX-License-Identifier: Apache-2.0

package promo

import (
	"errors"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	inMonth := time.Date(2026, time.November, 30, 23, 59, 59, 0, time.UTC)
	got, err := Parse("COF-15-2611", inMonth)
	if want := (Coupon{"coffee", 1500}); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := Parse("COF-15-2611", inMonth.Add(time.Second)); !errors.Is(err, ErrExpired) {
		t.Errorf("a month later: got %v", err)
	}
	for _, code := range []string{"COF", "COF-x-2611", "COF-51-2611", "COF-15-2613"} {
		if _, err := Parse(code, inMonth); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v", code, err)
		}
	}
	if got, err := Parse("", inMonth); err != nil || got != (Coupon{}) {
		t.Errorf("no code: got %v, %v", got, err)
	}
}
