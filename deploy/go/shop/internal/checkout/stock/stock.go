// SPDX-License-Identifier: Apache-2.0

// Package stock asks the inventory service. It has no spans of its own: what it does shows only in
// those of otelgrpc.
package stock

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"
	"google.golang.org/grpc/status"

	inventoryv1 "github.com/pkgslo/shop/api/inventory/v1"
	"github.com/pkgslo/shop/internal/checkout/cart"
)

// ErrShort means that a product is sold out.
var ErrShort = errors.New("not enough in stock")

// Client calls the inventory service.
type Client struct {
	connection *grpc.ClientConn
	inventory  inventoryv1.InventoryClient
}

// Dial connects to all the given addresses and takes turns among them.
func Dial(addresses []string) (*Client, error) {
	endpoints := make([]resolver.Endpoint, 0, len(addresses))
	for _, address := range addresses {
		endpoints = append(endpoints, resolver.Endpoint{Addresses: []resolver.Address{{Addr: address}}})
	}
	static := manual.NewBuilderWithScheme("inventory")
	static.InitialState(resolver.State{Endpoints: endpoints})
	connection, err := grpc.NewClient("inventory:///inventory",
		grpc.WithResolvers(static),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig":[{"round_robin":{}}]}`),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()))
	if err != nil {
		return nil, fmt.Errorf("inventory: %w", err)
	}
	return &Client{connection, inventoryv1.NewInventoryClient(connection)}, nil
}

// Close ends the connections.
func (c *Client) Close() error { return c.connection.Close() }

// Reserve holds all lines of an order and returns the warehouse that ships it.
func (c *Client) Reserve(ctx context.Context, orderID string, lines []cart.Line) (string, error) {
	request := &inventoryv1.ReserveRequest{OrderId: orderID}
	for _, line := range lines {
		request.Lines = append(request.Lines, &inventoryv1.Line{Sku: line.SKU, Quantity: int32(line.Quantity)})
	}
	response, err := c.inventory.Reserve(ctx, request)
	if status.Code(err) == codes.ResourceExhausted {
		return "", fmt.Errorf("%w: %s", ErrShort, status.Convert(err).Message())
	}
	if err != nil {
		return "", fmt.Errorf("reserve: %w", err)
	}
	return response.GetWarehouse(), nil
}

// Available checks that every line of a cart could be sold now.
func (c *Client) Available(ctx context.Context, lines []cart.Line) (bool, error) {
	request := &inventoryv1.AvailabilityRequest{}
	for _, line := range lines {
		request.Skus = append(request.Skus, line.SKU)
	}
	response, err := c.inventory.Availability(ctx, request)
	if err != nil {
		return false, fmt.Errorf("availability: %w", err)
	}
	left := make(map[string]int32, len(response.GetLines()))
	for _, line := range response.GetLines() {
		left[line.GetSku()] = line.GetQuantity()
	}
	for _, line := range lines {
		if left[line.SKU] < int32(line.Quantity) {
			return false, nil
		}
	}
	return true, nil
}
