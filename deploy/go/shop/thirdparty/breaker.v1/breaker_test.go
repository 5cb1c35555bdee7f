// SPDX-License-Identifier: Apache-2.0

package breaker

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestBreakerOpensAndRecovers(t *testing.T) {
	clock := time.Unix(0, 0)
	b := New("test", 2, time.Second)
	b.now = func() time.Time { return clock }
	failure := errors.New("down")
	fail := func(context.Context) error { return failure }
	succeed := func(context.Context) error { return nil }

	for range 2 {
		if err := b.Do(context.Background(), fail); err != failure {
			t.Fatalf("closed: got %v", err)
		}
	}
	if err := b.Do(context.Background(), succeed); err != ErrOpen {
		t.Fatalf("open: got %v", err)
	}
	clock = clock.Add(time.Second)
	if err := b.Do(context.Background(), succeed); err != nil {
		t.Fatalf("rested: got %v", err)
	}
	if err := b.Do(context.Background(), fail); err != failure {
		t.Fatalf("closed again: got %v", err)
	}
}
