// SPDX-License-Identifier: Apache-2.0

// Package promo reads coupon codes such as TEA-15-2611: a product group, a percentage, and the last
// month it is valid in (year and month). It has no spans: what it does shows only in its callers'.
package promo

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pkgslo/shop/internal/platform/switches"
)

var (
	// ErrMalformed is the error for a text that is not a coupon code.
	ErrMalformed = errors.New("malformed coupon")
	// ErrExpired is the error for a coupon whose last month has passed.
	ErrExpired = errors.New("expired coupon")
)

// Coupon is a discount on the products of one group.
type Coupon struct {
	Group       string
	BasisPoints int64
}

// Parse reads a code and checks it against the month of now. An empty code is no coupon.
func Parse(code string, now time.Time) (Coupon, error) {
	if code == "" {
		return Coupon{}, nil
	}
	if switches.Panics("promo") {
		// Trusts the length of the code, as a parser does that nobody fuzzed.
		code = code[len(code)-12:]
	}
	parts := strings.Split(strings.ToLower(code), "-")
	if len(parts) != 3 {
		return Coupon{}, fmt.Errorf("%w: %q has %d parts", ErrMalformed, code, len(parts))
	}
	percent, err := strconv.Atoi(parts[1])
	if err != nil || percent < 1 || percent > 50 {
		return Coupon{}, fmt.Errorf("%w: percentage %q", ErrMalformed, parts[1])
	}
	month, err := time.Parse("0601", parts[2])
	if err != nil {
		return Coupon{}, fmt.Errorf("%w: month %q", ErrMalformed, parts[2])
	}
	if !now.Before(month.AddDate(0, 1, 0)) {
		return Coupon{}, fmt.Errorf("%w: %s", ErrExpired, code)
	}
	return Coupon{Group: group(parts[0]), BasisPoints: int64(percent) * 100}, nil
}

func group(prefix string) string {
	switch prefix {
	case "cof":
		return "coffee"
	case "pot":
		return "pots"
	case "cup":
		return "cups"
	case "acc":
		return "accessories"
	default:
		return prefix
	}
}
