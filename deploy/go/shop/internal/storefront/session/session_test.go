// SPDX-License-Identifier: Apache-2.0

package session

import (
	"context"
	"testing"
	"time"
)

func TestStoreExpiresIdleSessions(t *testing.T) {
	clock := time.Unix(0, 0)
	store := NewStore()
	store.now = func() time.Time { return clock }
	store.Load(context.Background(), "old")
	clock = clock.Add(idle)
	store.Load(context.Background(), "new")
	if dropped, held := store.expire(); dropped != 0 || held != 2 {
		t.Errorf("at the limit: %d dropped, %d held", dropped, held)
	}
	clock = clock.Add(time.Second)
	if dropped, held := store.expire(); dropped != 1 || held != 1 {
		t.Errorf("past it: %d dropped, %d held", dropped, held)
	}
	if visits := store.Load(context.Background(), "new").Visits; visits != 2 {
		t.Errorf("%d visits", visits)
	}
}
