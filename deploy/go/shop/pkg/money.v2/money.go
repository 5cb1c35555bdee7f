// SPDX-License-Identifier: Apache-2.0

// Package money is arithmetic on amounts in minor units. The last element of its path has a dot, as
// with gopkg.in modules: its symbols are written money%2ev2 in stacks and in inittrace lines.
package money

import (
	"context"
	"fmt"
	"math/big"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/shop/internal/platform/source"
)

// All packages without a tracer of their own share the module's.
var tracer = otel.Tracer("shop")

// Amount is a sum in the minor unit of a currency, cents for example.
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// perEuro holds exact exchange rates: how many units of a currency one euro buys.
var perEuro = map[string]*big.Rat{
	"EUR": rate("1"),
	"USD": rate("1.0843"),
	"GBP": rate("0.8561"),
	"CHF": rate("0.9412"),
	"SEK": rate("11.237"),
	"PLN": rate("4.2685"),
	"DKK": rate("7.4604"),
}

func rate(decimal string) *big.Rat {
	r, ok := new(big.Rat).SetString(decimal)
	if !ok {
		panic("money: bad rate " + decimal)
	}
	return r
}

// EUR is an amount of euro cents.
func EUR(cents int64) Amount { return Amount{Minor: cents, Currency: "EUR"} }

// Plus adds two amounts of one currency; mixing currencies is an error.
func (a Amount) Plus(b Amount) (Amount, error) {
	if a.Currency != b.Currency {
		return Amount{}, fmt.Errorf("money: %s plus %s", a.Currency, b.Currency)
	}
	return Amount{Minor: a.Minor + b.Minor, Currency: a.Currency}, nil
}

// Times multiplies by a number of pieces.
func (a Amount) Times(n int) Amount { return Amount{Minor: a.Minor * int64(n), Currency: a.Currency} }

// BasisPoints is that many hundredths of a percent of the amount, rounded half to even.
func (a Amount) BasisPoints(bp int64) Amount {
	return Amount{Minor: round(big.NewRat(a.Minor*bp, 10_000)), Currency: a.Currency}
}

// Convert changes the currency and rounds half to even.
func Convert(ctx context.Context, a Amount, currency string) (Amount, error) {
	if a.Currency == currency {
		return a, nil
	}
	_, span := tracer.Start(ctx, "money.Convert", source.Here())
	defer span.End()
	span.SetAttributes(attribute.String("money.from", a.Currency), attribute.String("money.to", currency))
	from, known := perEuro[a.Currency]
	to, also := perEuro[currency]
	if !known || !also {
		return Amount{}, fmt.Errorf("money: no rate from %s to %s", a.Currency, currency)
	}
	value := new(big.Rat).SetInt64(a.Minor)
	value.Quo(value, from).Mul(value, to)
	return Amount{Minor: round(value), Currency: currency}, nil
}

func round(r *big.Rat) int64 {
	doubled := new(big.Int).Lsh(r.Num(), 1)
	floor := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean, so the remainder is never negative
	rest := doubled.Sub(doubled, new(big.Int).Lsh(new(big.Int).Mul(floor, r.Denom()), 1))
	switch rest.Cmp(r.Denom()) {
	case -1:
		return floor.Int64()
	case 1:
		return floor.Int64() + 1
	default:
		return floor.Int64() + floor.Int64()&1
	}
}

func (a Amount) String() string {
	sign, minor := "", a.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return fmt.Sprintf("%s%d.%02d %s", sign, minor/100, minor%100, a.Currency)
}
