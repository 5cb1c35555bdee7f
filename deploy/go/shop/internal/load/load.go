// SPDX-License-Identifier: Apache-2.0

// Package load plays visitors: they look around, ask for quotes and order, at random times.
package load

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/pkgslo/shop/internal/product"
)

// Plan is how much of what is asked of whom.
type Plan struct {
	// Targets are base URLs of storefronts; requests take turns among them.
	Targets []string
	// Rate is the mean number of requests per second; arrivals are a Poisson process.
	Rate float64
	// Browse is the share of requests that never reach the checkout service.
	Browse float64
	// Seed makes the sequence of requests, not their timing, repeatable.
	Seed uint64
}

// Result counts answers by status; 0 stands for no answer.
type Result struct {
	Requests int         `json:"requests"`
	Statuses map[int]int `json:"statuses"`
}

// Run sends requests until ctx ends and waits for the last answers.
func (p Plan) Run(ctx context.Context) Result {
	random := rand.New(rand.NewPCG(p.Seed, 0))
	client := &http.Client{Timeout: 5 * time.Second}
	result := Result{Statuses: map[int]int{}}
	var mu sync.Mutex
	var running sync.WaitGroup
	timer := time.NewTimer(0)
	defer timer.Stop()
	due := time.Now()
	for {
		select {
		case <-ctx.Done():
			running.Wait()
			return result
		case <-timer.C:
		}
		request := p.next(random, time.Now())
		base := p.Targets[result.Requests%len(p.Targets)]
		result.Requests++
		running.Go(func() {
			status := request.send(client, base)
			mu.Lock()
			defer mu.Unlock()
			result.Statuses[status]++
		})
		due = due.Add(time.Duration(random.ExpFloat64() / p.Rate * float64(time.Second)))
		timer.Reset(time.Until(due))
	}
}

type request struct {
	method, path, visitor string
	body                  any
}

type line struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

type basket struct {
	Coupon string `json:"coupon,omitempty"`
	Card   string `json:"card,omitempty"`
	Lines  []line `json:"lines"`
}

func (p Plan) next(random *rand.Rand, now time.Time) request {
	visitor := "v" + strconv.Itoa(random.IntN(500))
	products := product.All()
	if random.Float64() < p.Browse {
		if random.IntN(2) == 0 {
			word := products[random.IntN(len(products))].Words()[0]
			return request{http.MethodGet, "/products?q=" + word, visitor, nil}
		}
		return request{http.MethodGet, "/products/" + products[random.IntN(len(products))].SKU, visitor, nil}
	}
	b := basket{Coupon: coupon(random, now)}
	for range 1 + random.IntN(3) {
		b.Lines = append(b.Lines, line{products[random.IntN(len(products))].SKU, quantity(random)})
	}
	if random.IntN(5) < 2 {
		return request{http.MethodPost, "/basket/quote", visitor, b}
	}
	b.Card = "4242424242424242"
	if random.IntN(100) == 0 {
		b.Card = "4000000000000002"
	}
	return request{http.MethodPost, "/basket/order", visitor, b}
}

// quantity is 1 or 2 for most lines.
func quantity(random *rand.Rand) int {
	if random.IntN(10) > 0 {
		return 1 + random.IntN(2)
	}
	return 3 + random.IntN(12)
}

// coupon is none for most baskets, else one that is valid this month, and sometimes one from last year.
func coupon(random *rand.Rand, now time.Time) string {
	switch n := random.IntN(40); {
	case n == 0:
		now = now.AddDate(-1, 0, 0)
	case n > 6:
		return ""
	}
	groups := []string{"TEA", "COF", "POT", "CUP", "ACC"}
	return fmt.Sprintf("%s-%d-%s", groups[random.IntN(len(groups))], 5*(1+random.IntN(4)), now.UTC().Format("0601"))
}

func (r request) send(client *http.Client, base string) int {
	var body io.Reader = http.NoBody
	if r.body != nil {
		encoded, err := json.Marshal(r.body)
		if err != nil {
			return 0
		}
		body = bytes.NewReader(encoded)
	}
	out, err := http.NewRequest(r.method, base+r.path, body)
	if err != nil {
		return 0
	}
	out.Header.Set("X-Visitor", r.visitor)
	response, err := client.Do(out)
	if err != nil {
		return 0
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return 0
	}
	return response.StatusCode
}
