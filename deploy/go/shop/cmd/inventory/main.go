// SPDX-License-Identifier: Apache-2.0

// Command inventory holds the stock: gRPC, listens on SHOP_LISTEN (:8082).
package main

import (
	"context"
	"net"
	"time"

	"google.golang.org/grpc"

	inventoryv1 "github.com/pkgslo/shop/api/inventory/v1"
	"github.com/pkgslo/shop/internal/inventory/rpc"
	"github.com/pkgslo/shop/internal/inventory/stock"
	"github.com/pkgslo/shop/internal/inventory/warehouse"
	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/serve"
)

func main() { serve.Main("inventory", ":8082", run) }

func run(ctx context.Context, listener net.Listener, place recovery.Place) error {
	shelves, places := stock.Initial(), warehouse.NewPlaces()
	go shelves.Restock(ctx, 15*time.Second)
	go ship(ctx, places)
	return serve.GRPC(ctx, listener, place, func(registrar grpc.ServiceRegistrar) {
		inventoryv1.RegisterInventoryServer(registrar, &rpc.Server{Shelves: shelves, Places: places})
	})
}

// ship empties the warehouses' queues as their packers work.
func ship(ctx context.Context, places *warehouse.Places) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			places.Ship(4)
		}
	}
}
