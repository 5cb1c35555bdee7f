// SPDX-License-Identifier: Apache-2.0

// Command load plays the shop's visitors and prints how they were answered, as one line of JSON.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/pkgslo/shop/internal/load"
)

func main() {
	targets := flag.String("targets", "http://127.0.0.1:8080", "comma-separated base URLs of storefronts")
	rate := flag.Float64("rate", 5, "mean requests per second")
	browse := flag.Float64("browse", 0.2, "share of requests that never reach the checkout service")
	duration := flag.Duration("duration", 0, "how long to run; 0 means until stopped")
	seed := flag.Uint64("seed", 1, "seed of the sequence of requests")
	flag.Parse()
	if flag.NArg() > 0 || !(*rate > 0) || !(*browse >= 0 && *browse <= 1) || *duration < 0 {
		fmt.Fprintln(os.Stderr, "load: expected -rate > 0, -browse from 0 to 1, -duration >= 0 and no further arguments")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *duration > 0 {
		limited, cancel := context.WithTimeout(ctx, *duration)
		defer cancel()
		ctx = limited
	}
	plan := load.Plan{Targets: strings.Split(*targets, ","), Rate: *rate, Browse: *browse, Seed: *seed}
	started := time.Now()
	result := plan.Run(ctx)
	if err := json.NewEncoder(os.Stdout).Encode(struct {
		Seconds float64 `json:"seconds"`
		load.Result
	}{time.Since(started).Seconds(), result}); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}
