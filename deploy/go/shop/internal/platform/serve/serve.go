// SPDX-License-Identifier: Apache-2.0

// Package serve is what the three services have in common: start telemetry, serve until a signal,
// stop in order.
package serve

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"google.golang.org/grpc"

	"github.com/pkgslo/shop/internal/platform/recovery"
	"github.com/pkgslo/shop/internal/platform/switches"
	"github.com/pkgslo/shop/internal/platform/telemetry"
)

const grace = 5 * time.Second

// Main checks the settings, starts the telemetry of the service and runs it until SIGINT or SIGTERM.
// run serves on the listener until its context ends.
func Main(service, defaultAddress string, run func(context.Context, net.Listener, recovery.Place) error) {
	if err := start(service, defaultAddress, run); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", service, err)
		os.Exit(1)
	}
}

func start(service, defaultAddress string, run func(context.Context, net.Listener, recovery.Place) error) error {
	place, err := recovery.PlaceFromEnv()
	if err := errors.Join(switches.Check(), err); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	shutdown, err := telemetry.Start(ctx, service)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", Address(defaultAddress))
	if err != nil {
		return err
	}
	log.Printf("%s listens on %s", service, listener.Addr())
	err = run(ctx, listener, place)
	log.Printf("%s stops", service)
	last, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	return errors.Join(err, shutdown(last))
}

// Address is SHOP_LISTEN, else the given default.
func Address(otherwise string) string {
	if address := os.Getenv("SHOP_LISTEN"); address != "" {
		return address
	}
	return otherwise
}

// Route puts a handler behind otelhttp and the recovery, in the order that place asks for.
func Route(mux *http.ServeMux, pattern string, place recovery.Place, handler http.HandlerFunc) {
	var chain http.Handler = handler
	if place == recovery.Inside {
		chain = recovery.HTTP(chain)
	}
	chain = otelhttp.NewHandler(chain, pattern)
	if place == recovery.Outside {
		chain = recovery.HTTP(chain)
	}
	mux.Handle(pattern, chain)
}

// HTTP serves until ctx ends, then lets running requests finish.
func HTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: grace}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		stopped <- server.Shutdown(last)
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// GRPC serves until ctx ends, then lets running calls finish. A panic passes the recovery unless
// place is None; there is no outside, as otelgrpc is a stats handler and not in the call stack.
func GRPC(ctx context.Context, listener net.Listener, place recovery.Place, register func(grpc.ServiceRegistrar)) error {
	options := []grpc.ServerOption{grpc.StatsHandler(otelgrpc.NewServerHandler())}
	if place != recovery.None {
		options = append(options, grpc.UnaryInterceptor(recovery.GRPC))
	}
	server := grpc.NewServer(options...)
	register(server)
	context.AfterFunc(ctx, server.GracefulStop)
	return server.Serve(listener)
}
