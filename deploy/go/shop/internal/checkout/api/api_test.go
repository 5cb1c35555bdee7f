// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"google.golang.org/grpc"

	inventoryv1 "github.com/pkgslo/shop/api/inventory/v1"
	"github.com/pkgslo/shop/internal/checkout/orders"
	"github.com/pkgslo/shop/internal/checkout/payment"
	"github.com/pkgslo/shop/internal/checkout/stock"
	inventory "github.com/pkgslo/shop/internal/inventory/rpc"
	shelves "github.com/pkgslo/shop/internal/inventory/stock"
	"github.com/pkgslo/shop/internal/inventory/warehouse"
	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/pkg/money.v2"
)

// checkout is the service as cmd/checkout wires it, with a real inventory behind gRPC.
func checkout(t *testing.T) http.Handler {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	inventoryv1.RegisterInventoryServer(server, &inventory.Server{Shelves: shelves.Full(), Places: warehouse.NewPlaces()})
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	client, err := stock.Dial([]string{listener.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	mux := http.NewServeMux()
	(&API{Stock: client, Acquirer: payment.NewAcquirer(), Book: orders.NewBook()}).Routes(mux, recovery.Inside)
	return mux
}

func send(t *testing.T, handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	handler.ServeHTTP(answer, request)
	return answer
}

func TestOrderIsPricedPaidAndKept(t *testing.T) {
	handler := checkout(t)
	answer := send(t, handler, http.MethodPost, "/orders",
		`{"country":"DE","card":"4242424242424242","lines":[{"sku":"TEA-002","quantity":1},{"sku":"CUP-001","quantity":1}]}`)
	if answer.Code != http.StatusCreated {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	var order orders.Order
	if err := json.Unmarshal(answer.Body.Bytes(), &order); err != nil {
		t.Fatal(err)
	}
	// 8.90 + 12.90 = 21.80, and 19 %
	if order.Total != money.EUR(2594) || order.Warehouse == "" || order.Receipt == "" {
		t.Errorf("got %+v", order)
	}
	if again := send(t, handler, http.MethodGet, "/orders/"+order.ID, ""); again.Code != http.StatusOK {
		t.Errorf("the order is not found: %d", again.Code)
	}
}

func TestQuoteTellsAvailability(t *testing.T) {
	answer := send(t, checkout(t), http.MethodPost, "/quotes", `{"country":"AT","lines":[{"sku":"TEA-002","quantity":200}]}`)
	var quote Quote
	if err := json.Unmarshal(answer.Body.Bytes(), &quote); err != nil || !quote.Available {
		t.Errorf("got %d %s", answer.Code, answer.Body)
	}
}

func TestRefusalsAreTheCustomersToSolve(t *testing.T) {
	const good = "4242424242424242"
	handler := checkout(t)
	// Takes 400 pieces, all there are.
	for range 2 {
		send(t, handler, http.MethodPost, "/orders", `{"country":"DE","card":"`+good+`","lines":[{"sku":"ACC-001","quantity":200}]}`)
	}
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"not JSON":         {`{`, http.StatusUnprocessableEntity},
		"empty cart":       {`{"country":"DE"}`, http.StatusUnprocessableEntity},
		"unknown country":  {`{"country":"XX","lines":[{"sku":"TEA-001","quantity":1}]}`, http.StatusUnprocessableEntity},
		"sold out":         {`{"country":"DE","card":"` + good + `","lines":[{"sku":"ACC-001","quantity":1}]}`, http.StatusConflict},
		"declined card":    {`{"country":"DE","card":"4000000000000002","lines":[{"sku":"TEA-001","quantity":1}]}`, http.StatusPaymentRequired},
		"amount too large": {`{"country":"DE","card":"` + good + `","lines":[{"sku":"ACC-005","quantity":150}]}`, http.StatusPaymentRequired},
	} {
		if answer := send(t, handler, http.MethodPost, "/orders", c.body); answer.Code != c.want {
			t.Errorf("%s: got %d, want %d", name, answer.Code, c.want)
		}
	}
}
