// SPDX-License-Identifier: Apache-2.0

package orders

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestPostTellsRefusalsFromFailures(t *testing.T) {
	code := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(code)
		_, _ = w.Write([]byte(`{}`))
	}))
	defer server.Close()
	client := NewClient(server.URL + "/")

	if answer, err := client.Quote(context.Background(), Basket{}); err != nil || string(answer) != "{}" {
		t.Errorf("200: got %q, %v", answer, err)
	}
	code = http.StatusConflict
	var refused *Refused
	if _, err := client.Place(context.Background(), Basket{}); !errors.As(err, &refused) || refused.Status != code {
		t.Errorf("409: got %v", err)
	}
	code = http.StatusInternalServerError
	if _, err := client.Place(context.Background(), Basket{}); err == nil || errors.As(err, &refused) {
		t.Errorf("500: got %v", err)
	}
}
