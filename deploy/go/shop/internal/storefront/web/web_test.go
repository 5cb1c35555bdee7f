// SPDX-License-Identifier: Apache-2.0

package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/storefront/orders"
	"github.com/pkgslo/shop/internal/storefront/recommend"
	"github.com/pkgslo/shop/internal/storefront/session"
)

// front is the storefront with a checkout service that answers with a status and repeats its input.
func front(t *testing.T, status *int) http.Handler {
	t.Helper()
	checkout := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(*status)
		_, _ = io.Copy(w, r.Body)
	}))
	t.Cleanup(checkout.Close)
	mux := http.NewServeMux()
	w := &Web{Sessions: session.NewStore(), Orders: orders.NewClient(checkout.URL), Model: recommend.NewModel()}
	w.Routes(mux, recovery.Inside)
	return mux
}

func get(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body)))
	return answer
}

func TestProductHasSuggestions(t *testing.T) {
	handler := front(t, new(int))
	answer := get(handler, http.MethodGet, "/products/COF-001", "")
	if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"suggestions":["COF-002","COF-003"]`) {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
	if answer := get(handler, http.MethodGet, "/products/XXX", ""); answer.Code != http.StatusNotFound {
		t.Errorf("unknown product: got %d", answer.Code)
	}
}

func TestBasketAnswersAsCheckoutDid(t *testing.T) {
	status := http.StatusOK
	handler := front(t, &status)
	for from, want := range map[int]int{
		http.StatusOK:                  http.StatusOK,
		http.StatusConflict:            http.StatusConflict,
		http.StatusInternalServerError: http.StatusBadGateway,
	} {
		status = from
		answer := get(handler, http.MethodPost, "/basket/order", `{"lines":[{"sku":"TEA-001","quantity":1}]}`)
		if answer.Code != want {
			t.Errorf("checkout %d: got %d, want %d", from, answer.Code, want)
		}
	}
	if answer := get(handler, http.MethodPost, "/basket/order", `{`); answer.Code != http.StatusBadRequest {
		t.Errorf("not JSON: got %d", answer.Code)
	}
}

func TestCountryComesFromTheSession(t *testing.T) {
	status := http.StatusOK
	answer := get(front(t, &status), http.MethodPost, "/basket/quote", `{"country":"XX","lines":[]}`)
	if strings.Contains(answer.Body.String(), "XX") || !strings.Contains(answer.Body.String(), `"country":"`) {
		t.Errorf("got %s", answer.Body)
	}
}
