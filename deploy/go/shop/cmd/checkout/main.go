// SPDX-License-Identifier: Apache-2.0

// Command checkout prices, reserves and charges: HTTP, listens on SHOP_LISTEN (:8081), calls the
// inventory service at the comma-separated addresses of SHOP_INVENTORY (127.0.0.1:8082).
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pkgslo/shop/internal/checkout/api"
	"github.com/pkgslo/shop/internal/checkout/orders"
	"github.com/pkgslo/shop/internal/checkout/payment"
	"github.com/pkgslo/shop/internal/checkout/stock"
	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/serve"
)

func main() { serve.Main("checkout", ":8081", run) }

func run(ctx context.Context, listener net.Listener, place recovery.Place) error {
	inventory := os.Getenv("SHOP_INVENTORY")
	if inventory == "" {
		inventory = "127.0.0.1:8082"
	}
	client, err := stock.Dial(strings.Split(inventory, ","))
	if err != nil {
		return err
	}
	defer client.Close()
	checkout := &api.API{Stock: client, Acquirer: payment.NewAcquirer(), Book: orders.NewBook()}
	go checkout.Book.Report(ctx, 20*time.Second)
	mux := http.NewServeMux()
	checkout.Routes(mux, place)
	return serve.HTTP(ctx, listener, mux)
}
