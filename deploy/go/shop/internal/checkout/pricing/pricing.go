// SPDX-License-Identifier: Apache-2.0

// Package pricing says what a cart costs: list price, less the volume discount of each line, less a
// coupon, in the customer's currency.
package pricing

import (
	"context"
	"fmt"
	"sort"
	"time"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/pkgslo/shop/internal/checkout/cart"
	"github.com/pkgslo/shop/internal/checkout/promo"
	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/internal/product"
	"github.com/pkgslo/shop/pkg/money.v2"
)

const scope = "github.com/pkgslo/shop/internal/checkout/pricing"

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope)
)

// tier is a discount for lines of at least from pieces.
type tier struct {
	from        int
	basisPoints int64
}

// tiers are sorted by from. There is none for a small line.
var tiers = []tier{{3, 200}, {6, 400}, {12, 700}, {48, 1200}}

// Price is the net price of a cart in a currency.
func Price(ctx context.Context, lines []cart.Line, code, currency string, now time.Time) (money.Amount, error) {
	ctx, span := tracer.Start(ctx, "pricing.Price")
	defer span.End()
	coupon, err := promo.Parse(code, now)
	if err != nil {
		// A bad coupon is the customer's to see, not a reason to sell nothing.
		logger.WarnContext(ctx, "coupon ignored", "coupon", code, "reason", err.Error())
		span.AddEvent("coupon.ignored")
	}
	net, err := sum(lines, coupon, discountOf())
	if err == nil {
		net, err = money.Convert(ctx, net, currency)
	}
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, "no price")
		return money.Amount{}, err
	}
	span.SetAttributes(attribute.Int64("pricing.net_minor", net.Minor), attribute.String("pricing.currency", net.Currency))
	return net, nil
}

func sum(lines []cart.Line, coupon promo.Coupon, discount func(quantity int) int64) (money.Amount, error) {
	total := money.EUR(0)
	for _, line := range lines {
		p, ok := product.Find(line.SKU)
		if !ok {
			return money.Amount{}, fmt.Errorf("no price for %s", line.SKU)
		}
		price := p.Price.Times(line.Quantity)
		basisPoints := discount(line.Quantity)
		if p.Group == coupon.Group {
			basisPoints += coupon.BasisPoints
		}
		var err error
		if total, err = total.Plus(price.BasisPoints(10_000 - basisPoints)); err != nil {
			return money.Amount{}, err
		}
	}
	return total, nil
}

// discountOf chooses the way a tier is looked up: the switch rolls the new one out.
func discountOf() func(quantity int) int64 {
	if switches.Panics("pricing") {
		return volumeDiscountFromTop
	}
	return volumeDiscount
}

func volumeDiscount(quantity int) int64 {
	reached := sort.Search(len(tiers), func(i int) bool { return tiers[i].from > quantity })
	if reached == 0 {
		return 0
	}
	return tiers[reached-1].basisPoints
}

// volumeDiscountFromTop is the faulty release: it walks down from the highest tier and forgets that
// a small line reaches none, so it reads tiers[-1].
func volumeDiscountFromTop(quantity int) int64 {
	i := len(tiers) - 1
	for tiers[i].from > quantity {
		i--
	}
	return tiers[i].basisPoints
}
