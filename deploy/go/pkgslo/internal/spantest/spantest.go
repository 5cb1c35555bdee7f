// SPDX-License-Identifier: Apache-2.0

// Package spantest records spans for the tests of this module.
package spantest

import (
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

// New returns a provider that keeps every span, and what it kept.
func New() (*sdk.TracerProvider, *tracetest.SpanRecorder) {
	recorder := tracetest.NewSpanRecorder()
	return sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)), recorder
}

// One returns the only span that ended.
func One(t *testing.T, recorder *tracetest.SpanRecorder) sdk.ReadOnlySpan {
	t.Helper()
	ended := recorder.Ended()
	if len(ended) != 1 {
		t.Fatalf("%d spans ended, want 1", len(ended))
	}
	return ended[0]
}

// Attribute returns the last value of a key as text, or "" when it is absent.
func Attribute(attributes []attribute.KeyValue, key string) string {
	value := ""
	for _, kv := range attributes {
		if string(kv.Key) == key {
			value = kv.Value.Emit()
		}
	}
	return value
}

// Exceptions returns the attributes of a span's exception events.
func Exceptions(s sdk.ReadOnlySpan) [][]attribute.KeyValue {
	var found [][]attribute.KeyValue
	for _, e := range s.Events() {
		if e.Name == "exception" {
			found = append(found, e.Attributes)
		}
	}
	return found
}
