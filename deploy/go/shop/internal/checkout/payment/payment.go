// SPDX-License-Identifier: Apache-2.0

// Package payment charges cards. The acquirer is in memory: it declines what a real one declines, and
// it charges a reference only once.
package payment

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/pkg/money.v2"
)

const scope = "github.com/pkgslo/shop/internal/checkout/payment"

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope, otelslog.WithSource(true))
)

var (
	// ErrDeclined is the customer's problem: the card is not good for the amount.
	ErrDeclined = errors.New("card declined")
	// ErrUnavailable is ours: the acquirer did not answer.
	ErrUnavailable = errors.New("acquirer unavailable")
)

// Acquirer charges cards and remembers the receipt of each reference.
type Acquirer struct {
	mu       sync.Mutex
	receipts map[string]string
}

// NewAcquirer has charged nothing.
func NewAcquirer() *Acquirer { return &Acquirer{receipts: map[string]string{}} }

// Charge takes an amount from a card and returns the receipt. A second charge of one reference
// returns the first receipt.
func (a *Acquirer) Charge(ctx context.Context, reference, card string, amount money.Amount) (string, error) {
	ctx, span := tracer.Start(ctx, "Acquirer.Charge")
	defer span.End(trace.WithStackTrace(true)) // money is at stake: a panic here is worth its stack
	span.SetAttributes(attribute.Int64("payment.amount_minor", amount.Minor), attribute.String("payment.currency", amount.Currency))
	receipt, err := a.charge(ctx, reference, card, amount)
	switch {
	case errors.Is(err, ErrDeclined):
		// An answer, not a failure: the status stays unset.
		span.AddEvent("declined")
		logger.InfoContext(ctx, "card declined", "order", reference)
	case err != nil:
		span.RecordError(err)
		span.SetStatus(codes.Error, err.Error())
		logger.ErrorContext(ctx, "charge failed", "order", reference, "error", err)
	}
	return receipt, err
}

func (a *Acquirer) charge(ctx context.Context, reference, card string, amount money.Amount) (string, error) {
	if err := network(ctx); err != nil {
		return "", err
	}
	if switches.Fails("payment") {
		return "", ErrUnavailable
	}
	if strings.HasSuffix(card, "0002") || amount.Minor > 500_000 {
		return "", ErrDeclined
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	receipts := a.receipts
	if switches.Panics("payment") {
		receipts = nil // a map that a refactoring forgot to make
	}
	if receipt, charged := receipts[reference]; charged {
		return receipt, nil
	}
	receipt := uuid.NewString()
	receipts[reference] = receipt
	return receipt, nil
}

// network is the way to the acquirer and back.
func network(ctx context.Context) error {
	select {
	case <-time.After(2*time.Millisecond + time.Duration(rand.ExpFloat64()*float64(3*time.Millisecond))):
		return switches.Slow(ctx, "payment")
	case <-ctx.Done():
		return ctx.Err()
	}
}
