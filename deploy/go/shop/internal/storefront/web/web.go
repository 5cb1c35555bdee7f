// SPDX-License-Identifier: Apache-2.0

// Package web is the shop's front: what browsers talk to.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/serve"
	"github.com/pkgslo/shop/internal/product"
	"github.com/pkgslo/shop/internal/storefront/catalog"
	"github.com/pkgslo/shop/internal/storefront/orders"
	"github.com/pkgslo/shop/internal/storefront/recommend"
	"github.com/pkgslo/shop/internal/storefront/session"
)

const (
	scope     = "github.com/pkgslo/shop/internal/storefront/web"
	suggested = 4
	maxBody   = 64 << 10
)

var (
	tracer = otel.Tracer(scope)
	logger = otelslog.NewLogger(scope)
)

// Web holds what the handlers need.
type Web struct {
	Sessions *session.Store
	Orders   *orders.Client
	Model    *recommend.Model
}

// Routes registers the handlers.
func (w *Web) Routes(mux *http.ServeMux, place recovery.Place) {
	serve.Route(mux, "GET /products", place, w.search)
	serve.Route(mux, "GET /products/{sku}", place, w.product)
	serve.Route(mux, "POST /basket/quote", place, w.basket("Web.quote", w.Orders.Quote))
	serve.Route(mux, "POST /basket/order", place, w.basket("Web.order", w.place))
}

func (w *Web) search(out http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Web.search")
	defer span.End()
	w.Sessions.Load(ctx, visitor(r))
	found, err := catalog.Search(ctx, r.URL.Query().Get("q"))
	if err != nil {
		fail(ctx, out, err)
		return
	}
	answer(out, found)
}

func (w *Web) product(out http.ResponseWriter, r *http.Request) {
	ctx, span := tracer.Start(r.Context(), "Web.product")
	defer span.End()
	w.Sessions.Load(ctx, visitor(r))
	p, ok := product.Find(r.PathValue("sku"))
	if !ok {
		http.Error(out, "no such product", http.StatusNotFound)
		return
	}
	suggestions, err := w.Model.For(ctx, p.SKU, suggested)
	if err != nil {
		// The page is worth showing without them.
		logger.WarnContext(ctx, "no suggestions", "sku", p.SKU, "error", err)
	}
	answer(out, struct {
		product.Product
		Suggestions []string `json:"suggestions"`
	}{p, suggestions})
}

// basket answers with what the checkout service says about the visitor's basket.
func (w *Web) basket(name string, ask func(context.Context, orders.Basket) (json.RawMessage, error)) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), name)
		defer span.End()
		visit := w.Sessions.Load(ctx, visitor(r))
		var basket orders.Basket
		if err := json.NewDecoder(http.MaxBytesReader(out, r.Body, maxBody)).Decode(&basket); err != nil {
			http.Error(out, "unreadable basket", http.StatusBadRequest)
			return
		}
		basket.Country = visit.Country
		reply, err := ask(ctx, basket)
		if err != nil {
			fail(ctx, out, err)
			return
		}
		answer(out, reply)
	}
}

func (w *Web) place(ctx context.Context, basket orders.Basket) (json.RawMessage, error) {
	reply, err := w.Orders.Place(ctx, basket)
	if err != nil {
		return nil, err
	}
	skus := make([]string, 0, len(basket.Lines))
	for _, line := range basket.Lines {
		skus = append(skus, line.SKU)
	}
	w.Model.Learn(skus)
	return reply, nil
}

func visitor(r *http.Request) string { return r.Header.Get("X-Visitor") }

func fail(ctx context.Context, out http.ResponseWriter, err error) {
	var refused *orders.Refused
	if errors.As(err, &refused) {
		http.Error(out, refused.Reason, refused.Status)
		return
	}
	span := trace.SpanFromContext(ctx)
	span.RecordError(err)
	span.SetStatus(codes.Error, "checkout failed")
	logger.ErrorContext(ctx, "request failed", "error", err)
	http.Error(out, "please try again", http.StatusBadGateway)
}

func answer(out http.ResponseWriter, body any) {
	out.Header().Set("Content-Type", "application/json")
	// The status is sent: a client that went away cannot be told any more.
	_ = json.NewEncoder(out).Encode(body)
}
