// SPDX-License-Identifier: Apache-2.0

// Package api is the checkout service's HTTP interface: quotes and orders.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/google/uuid"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/shop/internal/checkout/cart"
	"github.com/pkgslo/shop/internal/checkout/orders"
	"github.com/pkgslo/shop/internal/checkout/payment"
	"github.com/pkgslo/shop/internal/checkout/pricing"
	"github.com/pkgslo/shop/internal/checkout/stock"
	"github.com/pkgslo/shop/internal/checkout/tax"
	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/serve"
	"github.com/pkgslo/shop/pkg/money.v2"
)

const (
	scope   = "github.com/pkgslo/shop/internal/checkout/api"
	maxBody = 64 << 10
)

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope)
)

// Request asks for a quote, or, with a card, for an order.
type Request struct {
	Country string      `json:"country"`
	Coupon  string      `json:"coupon"`
	Card    string      `json:"card"`
	Lines   []cart.Line `json:"lines"`
}

// Quote is a gross price and whether everything is in stock.
type Quote struct {
	Total     money.Amount `json:"total"`
	Available bool         `json:"available"`
}

// API answers requests; it holds the state of one process.
type API struct {
	Stock    *stock.Client
	Acquirer *payment.Acquirer
	Book     *orders.Book
}

// Routes registers the handlers.
func (a *API) Routes(mux *http.ServeMux, place recovery.Place) {
	serve.Route(mux, "POST /quotes", place, a.quote)
	serve.Route(mux, "POST /orders", place, a.order)
	serve.Route(mux, "GET /orders/{id}", place, a.find)
}

func (a *API) quote(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "API.quote")
	defer span.End()
	request, err := read(w, r)
	if err != nil {
		a.fail(ctx, w, err)
		return
	}
	lines, total, err := price(ctx, request)
	if err != nil {
		a.fail(ctx, w, err)
		return
	}
	available, err := a.Stock.Available(ctx, lines)
	if err != nil {
		a.fail(ctx, w, err)
		return
	}
	answer(w, http.StatusOK, Quote{total, available})
}

func (a *API) order(w http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "API.order")
	defer span.End()
	request, err := read(w, r)
	if err != nil {
		a.fail(ctx, w, err)
		return
	}
	order, err := a.place(ctx, request)
	if err != nil {
		a.fail(ctx, w, err)
		return
	}
	span.SetAttributes(attribute.String("order.id", order.ID))
	answer(w, http.StatusCreated, order)
}

func (a *API) place(ctx context.Context, request Request) (orders.Order, error) {
	lines, total, err := price(ctx, request)
	if err != nil {
		return orders.Order{}, err
	}
	id := uuid.NewString()
	warehouse, err := a.Stock.Reserve(ctx, id, lines)
	if err != nil {
		return orders.Order{}, err
	}
	receipt, err := a.Acquirer.Charge(ctx, id, request.Card, total)
	if err != nil {
		return orders.Order{}, err
	}
	order := orders.Order{ID: id, Total: total, Receipt: receipt, Warehouse: warehouse, PlacedAt: time.Now()}
	a.Book.Save(ctx, order)
	return order, nil
}

func (a *API) find(w http.ResponseWriter, r *http.Request) {
	order, ok := a.Book.Find(r.PathValue("id"))
	if !ok {
		http.Error(w, "no such order", http.StatusNotFound)
		return
	}
	answer(w, http.StatusOK, order)
}

// price checks a cart and says what it costs with tax.
func price(ctx context.Context, request Request) ([]cart.Line, money.Amount, error) {
	lines, err := cart.Normalize(ctx, request.Lines)
	if err != nil {
		return nil, money.Amount{}, err
	}
	country, err := tax.In(request.Country)
	if err != nil {
		return nil, money.Amount{}, errors.Join(cart.ErrInvalid, err)
	}
	net, err := pricing.Price(ctx, lines, request.Coupon, country.Currency, time.Now())
	if err != nil {
		return nil, money.Amount{}, err
	}
	gross, err := tax.Gross(ctx, net, request.Country)
	return lines, gross, err
}

func read(w http.ResponseWriter, r *http.Request) (Request, error) {
	var request Request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&request); err != nil {
		return Request{}, errors.Join(cart.ErrInvalid, err)
	}
	return request, nil
}

// fail answers what the customer can do about an error; only our own failures are errors of the span.
func (a *API) fail(ctx context.Context, w http.ResponseWriter, err error) {
	code := http.StatusInternalServerError
	switch {
	case errors.Is(err, cart.ErrInvalid):
		code = http.StatusUnprocessableEntity
	case errors.Is(err, stock.ErrShort):
		code = http.StatusConflict
	case errors.Is(err, payment.ErrDeclined):
		code = http.StatusPaymentRequired
	case errors.Is(err, payment.ErrUnavailable):
		code = http.StatusServiceUnavailable
	}
	if code >= http.StatusInternalServerError {
		span := trace.SpanFromContext(ctx)
		span.RecordError(err)
		span.SetStatus(codes.Error, http.StatusText(code))
		logger.ErrorContext(ctx, "request failed", "status", code, "error", err)
	}
	http.Error(w, http.StatusText(code), code)
}

func answer(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	// The status is sent: a client that went away cannot be told any more.
	_ = json.NewEncoder(w).Encode(body)
}
