// SPDX-License-Identifier: Apache-2.0

// Package telemetry sets the OpenTelemetry SDK up: traces, logs and metrics over OTLP/gRPC.
//
// Endpoints, intervals and sampling are the SDK's own environment variables (OTEL_*). Who the
// process is comes from SHOP_VERSION, SHOP_INSTANCE and SHOP_HOST; the shipper of its standard
// error must use the same service.instance.id, or the two halves of one crash cannot meet.
package telemetry

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/google/uuid"
	"go.opentelemetry.io/contrib/instrumentation/runtime"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/log/global"
	"go.opentelemetry.io/otel/propagation"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
)

// Shutdown sends what is still buffered and stops the SDK.
type Shutdown func(context.Context) error

// Start installs the global providers of a service. Tracers and loggers that packages made before,
// in variables, start to work with it.
func Start(ctx context.Context, service string) (Shutdown, error) {
	res, err := describe(ctx, service)
	if err != nil {
		return nil, fmt.Errorf("telemetry: resource: %w", err)
	}
	spans, err := otlptracegrpc.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("telemetry: span exporter: %w", err)
	}
	records, err := otlploggrpc.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("telemetry: log exporter: %w", err)
	}
	points, err := otlpmetricgrpc.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("telemetry: metric exporter: %w", err)
	}

	tracers := sdktrace.NewTracerProvider(sdktrace.WithResource(res), sdktrace.WithBatcher(spans))
	loggers := sdklog.NewLoggerProvider(sdklog.WithResource(res), sdklog.WithProcessor(sdklog.NewBatchProcessor(records)))
	// The producer adds go.schedule.duration, which no instrument can report.
	reader := sdkmetric.NewPeriodicReader(points, sdkmetric.WithProducer(runtime.NewProducer()))
	meters := sdkmetric.NewMeterProvider(sdkmetric.WithResource(res), sdkmetric.WithReader(reader))

	otel.SetTracerProvider(tracers)
	otel.SetMeterProvider(meters)
	global.SetLoggerProvider(loggers)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	if err := runtime.Start(); err != nil {
		return nil, fmt.Errorf("telemetry: runtime metrics: %w", err)
	}
	return func(ctx context.Context) error {
		return errors.Join(tracers.Shutdown(ctx), loggers.Shutdown(ctx), meters.Shutdown(ctx))
	}, nil
}

func describe(ctx context.Context, service string) (*resource.Resource, error) {
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	return resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithProcessPID(),
		resource.WithProcessExecutableName(),
		resource.WithProcessRuntimeName(),
		resource.WithProcessRuntimeVersion(),
		resource.WithAttributes(
			semconv.ServiceName(service),
			semconv.ServiceVersion(env("SHOP_VERSION", "dev")),
			semconv.ServiceInstanceID(env("SHOP_INSTANCE", uuid.NewString())),
			semconv.HostName(env("SHOP_HOST", host)),
		),
		resource.WithFromEnv(),
	)
}

func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
