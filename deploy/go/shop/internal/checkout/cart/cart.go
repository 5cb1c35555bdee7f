// SPDX-License-Identifier: Apache-2.0

// Package cart is what a customer wants to buy, checked and normalised.
package cart

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/pkgslo/shop/internal/product"
)

const (
	maxLines    = 50
	maxQuantity = 200
)

// ErrInvalid marks a cart that its customer has to change.
var ErrInvalid = errors.New("invalid cart")

var tracer = otel.Tracer("github.com/pkgslo/shop/internal/checkout/cart")

// Line is a number of pieces of one product.
type Line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Normalize checks the lines, adds up lines of one product and sorts them by SKU.
func Normalize(ctx context.Context, lines []Line) ([]Line, error) {
	_, span := tracer.Start(ctx, "cart.Normalize")
	defer span.End()
	span.SetAttributes(attribute.Int("cart.lines", len(lines)))
	normal, err := normalize(lines)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, "invalid cart")
	}
	return normal, err
}

func normalize(lines []Line) ([]Line, error) {
	if len(lines) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrInvalid)
	}
	quantities := make(map[string]int, len(lines))
	for _, line := range lines {
		sku := strings.ToUpper(strings.TrimSpace(line.SKU))
		if _, ok := product.Find(sku); !ok {
			return nil, fmt.Errorf("%w: unknown product %q", ErrInvalid, line.SKU)
		}
		if line.Quantity < 1 {
			return nil, fmt.Errorf("%w: quantity %d of %s", ErrInvalid, line.Quantity, sku)
		}
		quantities[sku] += line.Quantity
		if quantities[sku] > maxQuantity {
			return nil, fmt.Errorf("%w: more than %d of %s", ErrInvalid, maxQuantity, sku)
		}
	}
	if len(quantities) > maxLines {
		return nil, fmt.Errorf("%w: more than %d products", ErrInvalid, maxLines)
	}
	normal := make([]Line, 0, len(quantities))
	for sku, quantity := range quantities {
		normal = append(normal, Line{sku, quantity})
	}
	slices.SortFunc(normal, func(a, b Line) int { return strings.Compare(a.SKU, b.SKU) })
	return normal, nil
}
