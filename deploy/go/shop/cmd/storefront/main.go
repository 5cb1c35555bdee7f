// SPDX-License-Identifier: Apache-2.0

// Command storefront is the shop's front: HTTP, listens on SHOP_LISTEN (:8080), calls the checkout
// service at SHOP_CHECKOUT (http://127.0.0.1:8081).
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/serve"
	"github.com/pkgslo/shop/internal/storefront/orders"
	"github.com/pkgslo/shop/internal/storefront/recommend"
	"github.com/pkgslo/shop/internal/storefront/session"
	"github.com/pkgslo/shop/internal/storefront/web"
)

func main() { serve.Main("storefront", ":8080", run) }

func run(ctx context.Context, listener net.Listener, place recovery.Place) error {
	checkout := os.Getenv("SHOP_CHECKOUT")
	if checkout == "" {
		checkout = "http://127.0.0.1:8081"
	}
	front := &web.Web{Sessions: session.NewStore(), Orders: orders.NewClient(checkout), Model: recommend.NewModel()}
	go front.Sessions.Expire(ctx, 30*time.Second)
	mux := http.NewServeMux()
	front.Routes(mux, place)
	return serve.HTTP(ctx, listener, mux)
}
