// SPDX-License-Identifier: Apache-2.0

// Package breaker is a circuit breaker with spans of its own. It stands for a third-party library:
// another module, another owner, a version in the last element of its path.
package breaker

import (
	"context"
	"errors"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// ErrOpen is returned without a call while the breaker is open.
var ErrOpen = errors.New("breaker is open")

var tracer = otel.Tracer("example.org/kit/breaker.v1", trace.WithInstrumentationVersion("v1.2.0"))

// Breaker opens after a number of failures in a row and lets one call through when it has rested.
type Breaker struct {
	name     string
	failures int
	rest     time.Duration
	now      func() time.Time

	mu       sync.Mutex
	inARow   int
	openedAt time.Time
}

// New makes a closed breaker that opens after the given number of failures in a row, for rest.
func New(name string, failures int, rest time.Duration) *Breaker {
	return &Breaker{name: name, failures: failures, rest: rest, now: time.Now}
}

// Do calls, unless the breaker is open, and remembers how it went.
func (b *Breaker) Do(ctx context.Context, call func(context.Context) error) error {
	ctx, span := tracer.Start(ctx, "breaker.Do", trace.WithAttributes(attribute.String("breaker.name", b.name)))
	defer span.End()
	if !b.admit() {
		span.SetStatus(codes.Error, ErrOpen.Error())
		return ErrOpen
	}
	err := call(ctx)
	b.settle(err)
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	return err
}

func (b *Breaker) admit() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.inARow < b.failures {
		return true
	}
	if b.now().Sub(b.openedAt) < b.rest {
		return false
	}
	b.openedAt = b.now() // one call may try; the others wait for its outcome
	return true
}

func (b *Breaker) settle(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		b.inARow = 0
		return
	}
	b.inARow++
	if b.inARow >= b.failures {
		b.openedAt = b.now()
	}
}
