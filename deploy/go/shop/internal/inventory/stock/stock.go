// SPDX-License-Identifier: Apache-2.0

// Package stock is what lies in the warehouses: taken by orders, filled up by deliveries.
package stock

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/internal/product"
)

const (
	scope = "github.com/pkgslo/shop/internal/inventory/stock"
	full  = 400
)

var (
	// ErrUnknown is the error for a product that is not sold here.
	ErrUnknown = errors.New("unknown product")
	// ErrShort is the error for a product that is sold out.
	ErrShort = errors.New("sold out")
	// ErrLocked is the error while the shelf is being counted.
	ErrLocked = errors.New("shelf is being counted")
)

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope)
)

// Line is a number of pieces of one product.
type Line struct {
	SKU      string
	Quantity int
}

// Shelves hold the pieces of each product.
type Shelves struct {
	mu   sync.Mutex
	left map[string]int
	// last is the newest reservation of each product, for the report.
	last map[string]*reservation
}

type reservation struct {
	order string
	at    time.Time
}

// Full has every shelf filled up.
func Full() *Shelves {
	switches.SlowInit("stock")
	s := &Shelves{left: map[string]int{}, last: map[string]*reservation{}}
	for _, p := range product.All() {
		s.left[p.SKU] = full
	}
	return s
}

// initial is filled when the package is initialised, so that a slow start shows in its init.
var initial = Full()

// Initial is the stock of this process.
func Initial() *Shelves { return initial }

// Reserve takes all lines or none.
func (s *Shelves) Reserve(ctx context.Context, order string, lines []Line) error {
	_, span := tracer.Start(ctx, "Shelves.Reserve")
	defer span.End()
	span.SetAttributes(attribute.Int("stock.lines", len(lines)))
	err := s.reserve(order, lines)
	if err != nil {
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

func (s *Shelves) reserve(order string, lines []Line) error {
	if switches.Fails("stock") {
		return ErrLocked
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range lines {
		left, known := s.left[line.SKU]
		if !known {
			return fmt.Errorf("%w: %s", ErrUnknown, line.SKU)
		}
		if left < line.Quantity {
			return fmt.Errorf("%w: %d of %s left", ErrShort, left, line.SKU)
		}
	}
	for _, line := range lines {
		s.left[line.SKU] -= line.Quantity
		held := &reservation{order, time.Now()}
		if switches.Panics("stock") {
			held = s.last["no such product"] // a lookup that finds nothing, used unchecked
		}
		held.order = order
		s.last[line.SKU] = held
	}
	return nil
}

// Left is how many pieces of a product can be sold.
func (s *Shelves) Left(sku string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	left, known := s.left[sku]
	if !known {
		return 0, fmt.Errorf("%w: %s", ErrUnknown, sku)
	}
	return left, nil
}

// Restock fills the shelves up in intervals until ctx ends. It works and logs outside of any span.
func (s *Shelves) Restock(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			logger.InfoContext(ctx, "restocked", "pieces", s.fill())
		}
	}
}

func (s *Shelves) fill() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	delivered := 0
	for sku, left := range s.left {
		delivered += full - left
		s.left[sku] = full
	}
	return delivered
}
