// SPDX-License-Identifier: Apache-2.0

// Package orders keeps the orders of the last hour in memory and tells the warehouse about new ones.
package orders

import (
	"context"
	"sync"
	"time"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/pkg/money.v2"
)

const (
	scope = "github.com/pkgslo/shop/internal/checkout/orders"
	keep  = time.Hour
)

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope)
)

// Order is a paid order.
type Order struct {
	ID        string       `json:"id"`
	Total     money.Amount `json:"total"`
	Receipt   string       `json:"receipt"`
	Warehouse string       `json:"warehouse"`
	PlacedAt  time.Time    `json:"placedAt"`
}

// Book holds orders by id and in the order of their arrival.
type Book struct {
	mu      sync.Mutex
	byID    map[string]Order
	queue   []string
	revenue map[string]int64 // revenue in minor units per currency since the last report
}

// NewBook is empty.
func NewBook() *Book { return &Book{byID: map[string]Order{}, revenue: map[string]int64{}} }

// Save keeps an order and forgets those that are older than an hour.
func (b *Book) Save(ctx context.Context, order Order) {
	ctx, span := tracer.Start(ctx, "Book.Save")
	defer span.End()
	b.mu.Lock()
	b.forget(order.PlacedAt.Add(-keep))
	if _, known := b.byID[order.ID]; !known {
		b.queue = append(b.queue, order.ID)
		b.revenue[order.Total.Currency] += order.Total.Minor
	}
	b.byID[order.ID] = order
	held := len(b.byID)
	b.mu.Unlock()
	span.SetAttributes(attribute.Int("orders.held", held))
	for range switches.Leaks("orders") {
		go b.await(order.ID)
	}
	logger.InfoContext(ctx, "order placed", "order", order.ID, "total", order.Total.String(), "warehouse", order.Warehouse)
}

// await is the fault of the leak switch: it waits for an answer that nobody sends.
func (b *Book) await(id string) { <-make(chan string) }

func (b *Book) forget(before time.Time) {
	for len(b.queue) > 0 && b.byID[b.queue[0]].PlacedAt.Before(before) {
		delete(b.byID, b.queue[0])
		b.queue = b.queue[1:]
	}
}

// Find is the order with an id, if it was placed in the last hour.
func (b *Book) Find(id string) (Order, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	order, ok := b.byID[id]
	return order, ok
}

// Report logs the revenue in intervals, outside of any span, until ctx ends.
func (b *Book) Report(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			for currency, minor := range b.takeRevenue() {
				logger.InfoContext(ctx, "revenue", "amount", money.Amount{Minor: minor, Currency: currency}.String())
			}
		}
	}
}

func (b *Book) takeRevenue() map[string]int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.revenue
	b.revenue = map[string]int64{}
	return taken
}
