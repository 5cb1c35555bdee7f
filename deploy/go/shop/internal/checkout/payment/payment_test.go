// SPDX-License-Identifier: Apache-2.0

package payment

import (
	"context"
	"errors"
	"testing"

	"github.com/pkgslo/shop/pkg/money.v2"
)

func TestChargeIsIdempotent(t *testing.T) {
	acquirer := NewAcquirer()
	first, err := acquirer.Charge(context.Background(), "order-1", "4242424242424242", money.EUR(100))
	if err != nil {
		t.Fatal(err)
	}
	again, err := acquirer.Charge(context.Background(), "order-1", "4242424242424242", money.EUR(100))
	if err != nil || again != first {
		t.Errorf("second charge: got %q, %v, want %q", again, err, first)
	}
}

func TestChargeDeclines(t *testing.T) {
	acquirer := NewAcquirer()
	if _, err := acquirer.Charge(context.Background(), "order-1", "4000000000000002", money.EUR(100)); !errors.Is(err, ErrDeclined) {
		t.Errorf("bad card: got %v", err)
	}
	if _, err := acquirer.Charge(context.Background(), "order-2", "4242424242424242", money.EUR(500_001)); !errors.Is(err, ErrDeclined) {
		t.Errorf("large amount: got %v", err)
	}
}

func TestChargeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewAcquirer().Charge(ctx, "order-1", "4242424242424242", money.EUR(100)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
