// SPDX-License-Identifier: Apache-2.0

package propagate_test

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/propagate"
)

var all = map[string]*propagate.Format{"w3c": propagate.W3C, "b3": propagate.B3, "multi": propagate.B3Multi, "jaeger": propagate.Jaeger}

// Whatever a carrier holds: nothing panics, only valid ids come out, and what is injected in any
// format is extracted again as the same span.
func FuzzExtract(f *testing.F) {
	f.Add("00-"+w3c+"-"+w3cSpan+"-01", "", "", "", "", "", "")
	f.Add("", long+"-"+spanID+"-1-"+parent, "", "", "", "", "")
	f.Add("", "0", short, spanID, "true", "1", "")
	f.Add("", "", "", "", "", "", "4d2:16e:0:3")
	f.Add("", "", "", "", "", "", long+"%3A"+spanID+"%3A0%3A1")
	f.Fuzz(func(t *testing.T, traceparent, b3, traceID, spanID, sampled, flags, uber string) {
		in := propagation.MapCarrier{
			"traceparent": traceparent, "b3": b3, "uber-trace-id": uber,
			"x-b3-traceid": traceID, "x-b3-spanid": spanID, "x-b3-sampled": sampled, "x-b3-flags": flags,
		}
		ctx := propagate.Auto().Extract(context.Background(), in)
		if ctx == context.Background() {
			return
		}
		want := trace.SpanContextFromContext(ctx)
		if !want.IsValid() || !want.IsRemote() {
			t.Fatalf("extracted %+v from %v", want, in)
		}
		for name, format := range all {
			out := propagation.MapCarrier{}
			format.Inject(ctx, out)
			got := trace.SpanContextFromContext(propagate.Auto().Extract(context.Background(), out))
			if got.TraceID() != want.TraceID() || got.SpanID() != want.SpanID() || got.IsSampled() != want.IsSampled() {
				t.Fatalf("%s: %+v became %+v by %v", name, want, got, out)
			}
		}
	})
}
