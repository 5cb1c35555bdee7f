// SPDX-License-Identifier: Apache-2.0

// Package orders asks the checkout service for quotes and orders. It has no spans of its own: its
// calls show in those of otelhttp and of the circuit breaker.
package orders

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"example.org/kit/breaker.v1"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

const timeout = 2 * time.Second

// Refused is an answer that the visitor can do something about: a sold out product, a declined card.
type Refused struct {
	Status int
	Reason string
}

func (r *Refused) Error() string { return fmt.Sprintf("checkout refused: %d %s", r.Status, r.Reason) }

// Line is a number of pieces of one product.
type Line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Basket is what a visitor wants; the card is empty for a quote.
type Basket struct {
	Country string `json:"country"`
	Coupon  string `json:"coupon"`
	Card    string `json:"card,omitempty"`
	Lines   []Line `json:"lines"`
}

// Client calls the checkout service.
type Client struct {
	base    string
	http    *http.Client
	breaker *breaker.Breaker
}

// NewClient calls the service at a base URL.
func NewClient(base string) *Client {
	return &Client{
		base:    strings.TrimSuffix(base, "/"),
		http:    &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport), Timeout: timeout},
		breaker: breaker.New("checkout", 20, 2*time.Second),
	}
}

// Quote asks what a basket would cost; the answer is passed on as it is.
func (c *Client) Quote(ctx context.Context, basket Basket) (json.RawMessage, error) {
	return c.post(ctx, "/quotes", basket)
}

// Place orders a basket; the answer is passed on as it is.
func (c *Client) Place(ctx context.Context, basket Basket) (json.RawMessage, error) {
	return c.post(ctx, "/orders", basket)
}

func (c *Client) post(ctx context.Context, path string, basket Basket) (json.RawMessage, error) {
	body, err := json.Marshal(basket)
	if err != nil {
		return nil, fmt.Errorf("checkout: %w", err)
	}
	var answer json.RawMessage
	var refused *Refused
	err = c.breaker.Do(ctx, func(ctx context.Context) error {
		var failure error
		answer, failure = c.send(ctx, path, body)
		if errors.As(failure, &refused) {
			return nil // the service works; it must not open the breaker
		}
		return failure
	})
	if err != nil {
		return nil, fmt.Errorf("checkout: %w", err)
	}
	if refused != nil {
		return nil, refused
	}
	return answer, nil
}

func (c *Client) send(ctx context.Context, path string, body []byte) (json.RawMessage, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return nil, err
	case response.StatusCode >= 500:
		return nil, fmt.Errorf("status %d", response.StatusCode)
	case response.StatusCode >= 400:
		return nil, &Refused{response.StatusCode, strings.TrimSpace(string(answer))}
	}
	return answer, nil
}
