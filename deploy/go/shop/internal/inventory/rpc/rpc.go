// SPDX-License-Identifier: Apache-2.0

// Package rpc is the inventory service's gRPC interface. It has no spans of its own: what it does
// shows only in those of otelgrpc.
package rpc

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	inventoryv1 "github.com/pkgslo/shop/api/inventory/v1"
	"github.com/pkgslo/shop/internal/inventory/stock"
	"github.com/pkgslo/shop/internal/inventory/warehouse"
)

// Server answers inventory calls.
type Server struct {
	inventoryv1.UnimplementedInventoryServer
	Shelves *stock.Shelves
	Places  *warehouse.Places
}

// Reserve takes the pieces of an order from the shelves and picks a warehouse.
func (s *Server) Reserve(ctx context.Context, request *inventoryv1.ReserveRequest) (*inventoryv1.ReserveResponse, error) {
	lines := make([]stock.Line, 0, len(request.GetLines()))
	pieces := 0
	for _, line := range request.GetLines() {
		if line.GetQuantity() < 1 {
			return nil, status.Errorf(codes.InvalidArgument, "quantity %d of %s", line.GetQuantity(), line.GetSku())
		}
		lines = append(lines, stock.Line{SKU: line.GetSku(), Quantity: int(line.GetQuantity())})
		pieces += int(line.GetQuantity())
	}
	if err := s.Shelves.Reserve(ctx, request.GetOrderId(), lines); err != nil {
		return nil, toStatus(err)
	}
	name, err := s.Places.Pick(ctx, pieces)
	if err != nil {
		return nil, toStatus(err)
	}
	return &inventoryv1.ReserveResponse{ReservationId: uuid.NewString(), Warehouse: name}, nil
}

// Availability looks every product up; an unknown one fails the call.
func (s *Server) Availability(_ context.Context, request *inventoryv1.AvailabilityRequest) (*inventoryv1.AvailabilityResponse, error) {
	response := &inventoryv1.AvailabilityResponse{}
	for _, sku := range request.GetSkus() {
		left, err := s.Shelves.Left(sku)
		if err != nil {
			return nil, toStatus(err)
		}
		response.Lines = append(response.Lines, &inventoryv1.Line{Sku: sku, Quantity: int32(left)})
	}
	return response, nil
}

func toStatus(err error) error {
	switch {
	case errors.Is(err, stock.ErrUnknown):
		return status.Error(codes.NotFound, err.Error())
	case errors.Is(err, stock.ErrShort):
		return status.Error(codes.ResourceExhausted, err.Error())
	case errors.Is(err, stock.ErrLocked):
		return status.Error(codes.Unavailable, err.Error())
	default:
		return status.FromContextError(err).Err()
	}
}
