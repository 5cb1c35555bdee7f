// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"context"
	"testing"
	"time"

	"github.com/pkgslo/shop/pkg/money.v2"
)

func TestBookForgetsAfterAnHour(t *testing.T) {
	start := time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)
	book := NewBook()
	book.Save(context.Background(), Order{ID: "1", Total: money.EUR(100), PlacedAt: start})
	book.Save(context.Background(), Order{ID: "2", Total: money.EUR(100), PlacedAt: start.Add(time.Hour)})
	if _, ok := book.Find("1"); !ok {
		t.Error("forgotten after exactly an hour")
	}
	book.Save(context.Background(), Order{ID: "3", Total: money.EUR(100), PlacedAt: start.Add(time.Hour + 1)})
	if _, ok := book.Find("1"); ok {
		t.Error("kept longer than an hour")
	}
}

func TestRevenueCountsAnOrderOnce(t *testing.T) {
	book := NewBook()
	for range 2 {
		book.Save(context.Background(), Order{ID: "1", Total: money.EUR(100), PlacedAt: time.Unix(0, 0)})
	}
	if got := book.takeRevenue()["EUR"]; got != 100 {
		t.Errorf("got %d", got)
	}
	if got := book.takeRevenue()["EUR"]; got != 0 {
		t.Errorf("taken twice: %d", got)
	}
}
