// SPDX-License-Identifier: Apache-2.0

package split

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
)

func TestSplitIsExactAndTakesTurns(t *testing.T) {
	counts := make([]atomic.Int64, 4)
	var urls []string
	for i := range counts {
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { counts[i].Add(1) }))
		defer server.Close()
		urls = append(urls, server.URL)
	}
	s, err := New(urls[:2], urls[2:])
	if err != nil {
		t.Fatal(err)
	}
	control := httptest.NewRecorder()
	s.Control().ServeHTTP(control, httptest.NewRequest(http.MethodPut, "/canary/10", nil))
	if control.Code != http.StatusNoContent {
		t.Fatalf("control: %d", control.Code)
	}
	for range 200 {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	}
	for i, want := range []int64{90, 90, 10, 10} {
		if got := counts[i].Load(); got != want {
			t.Errorf("process %d: %d requests, want %d", i, got, want)
		}
	}
}

func TestControlRefuses(t *testing.T) {
	s, err := New([]string{"http://127.0.0.1:1"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/canary/10", "/canary/-1", "/canary/x"} {
		control := httptest.NewRecorder()
		s.Control().ServeHTTP(control, httptest.NewRequest(http.MethodPut, path, nil))
		if control.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", path, control.Code)
		}
	}
}
