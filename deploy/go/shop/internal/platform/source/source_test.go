// SPDX-License-Identifier: Apache-2.0

package source

import (
	"testing"

	"go.opentelemetry.io/otel/trace"
)

func TestHereNamesItsCaller(t *testing.T) {
	config := trace.NewSpanStartConfig(Here())
	attributes := config.Attributes()
	if len(attributes) != 3 {
		t.Fatalf("got %v", attributes)
	}
	const want = "github.com/pkgslo/shop/internal/platform/source.TestHereNamesItsCaller"
	if got := attributes[0].Value.AsString(); attributes[0].Key != "code.function.name" || got != want {
		t.Errorf("got %s=%s, want %s", attributes[0].Key, got, want)
	}
}
