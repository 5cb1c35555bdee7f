// SPDX-License-Identifier: Apache-2.0

package load

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"
)

func TestNextIsRepeatable(t *testing.T) {
	plan := Plan{Browse: 0.2}
	now := time.Unix(0, 0)
	one, two := rand.New(rand.NewPCG(7, 0)), rand.New(rand.NewPCG(7, 0))
	for range 100 {
		if a, b := plan.next(one, now), plan.next(two, now); !reflect.DeepEqual(a, b) {
			t.Fatalf("%v and %v", a, b)
		}
	}
}

func TestRunCountsEveryAnswer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	result := Plan{Targets: []string{server.URL}, Rate: 200, Browse: 0.5}.Run(ctx)
	if result.Requests == 0 || result.Statuses[http.StatusNotFound] != result.Requests {
		t.Errorf("got %+v", result)
	}
}
