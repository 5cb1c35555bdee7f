// SPDX-License-Identifier: Apache-2.0

package propagate_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"testing"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/spantest"
	"github.com/pkgslo/pkgslo-go/propagate"
)

// The examples of the B3 specification, and of Jaeger's and the W3C's.
const (
	long    = "80f198ee56343ba864fe8b2a57d3eff7"
	short   = "64fe8b2a57d3eff7"
	padded  = "000000000000000064fe8b2a57d3eff7"
	spanID  = "e457b5a2e4d86bd1"
	parent  = "05e3ac9a4f6e3b90"
	w3c     = "0af7651916cd43dd8448eb211c80319c"
	w3cSpan = "b7ad6b7169203331"
)

type carrier = propagation.MapCarrier

func TestExtract(t *testing.T) {
	for _, c := range []struct {
		name    string
		format  propagation.TextMapPropagator
		carrier carrier
		trace   string // "" means that nothing is extracted
		span    string
		sampled bool
	}{
		{"w3c", propagate.W3C, carrier{"traceparent": "00-" + w3c + "-" + w3cSpan + "-01"}, w3c, w3cSpan, true},
		{"w3c not sampled", propagate.W3C, carrier{"traceparent": "00-" + w3c + "-" + w3cSpan + "-00"}, w3c, w3cSpan, false},
		{"w3c zero", propagate.W3C, carrier{"traceparent": "00-00000000000000000000000000000000-" + w3cSpan + "-01"}, "", "", false},
		{"w3c version ff", propagate.W3C, carrier{"traceparent": "ff-" + w3c + "-" + w3cSpan + "-01"}, "", "", false},

		{"b3 with parent", propagate.B3, carrier{"b3": long + "-" + spanID + "-1-" + parent}, long, spanID, true},
		{"b3 denied", propagate.B3, carrier{"b3": long + "-" + spanID + "-0"}, long, spanID, false},
		{"b3 deferred", propagate.B3, carrier{"b3": long + "-" + spanID}, long, spanID, false},
		{"b3 debug", propagate.B3, carrier{"b3": long + "-" + spanID + "-d"}, long, spanID, true},
		{"b3 short", propagate.B3, carrier{"b3": short + "-" + spanID + "-1"}, padded, spanID, true},
		{"b3 upper case", propagate.B3, carrier{"b3": "80F198EE56343BA864FE8B2A57D3EFF7-E457B5A2E4D86BD1-1"}, long, spanID, true},
		{"b3 state only", propagate.B3, carrier{"b3": "0"}, "", "", false},
		{"b3 zero span", propagate.B3, carrier{"b3": long + "-0000000000000000-1"}, "", "", false},
		{"b3 other length", propagate.B3, carrier{"b3": "8" + long + "-" + spanID + "-1"}, "", "", false},
		{"b3 other state", propagate.B3, carrier{"b3": long + "-" + spanID + "-2"}, "", "", false},
		{"b3 empty state", propagate.B3, carrier{"b3": long + "-" + spanID + "-"}, "", "", false},
		{"b3 bad parent", propagate.B3, carrier{"b3": long + "-" + spanID + "-1-x"}, "", "", false},
		{"b3 too many", propagate.B3, carrier{"b3": long + "-" + spanID + "-1-" + parent + "-1"}, "", "", false},
		{"b3 no digits", propagate.B3, carrier{"b3": "80f198ee56343ba864fe8b2a57d3efg7-" + spanID + "-1"}, "", "", false},

		{"multi", propagate.B3Multi, carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-parentspanid": parent, "x-b3-sampled": "1"}, long, spanID, true},
		{"multi old word", propagate.B3, carrier{"x-b3-traceid": short, "x-b3-spanid": spanID, "x-b3-sampled": "True"}, padded, spanID, true},
		{"multi debug wins", propagate.B3, carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-sampled": "0", "x-b3-flags": "1"}, long, spanID, true},
		{"multi denied", propagate.B3, carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-sampled": "0", "x-b3-flags": "0"}, long, spanID, false},
		{"multi without span", propagate.B3, carrier{"x-b3-traceid": long, "x-b3-sampled": "1"}, "", "", false},
		{"multi bad state", propagate.B3, carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-sampled": "yes"}, "", "", false},
		{"single before multi", propagate.B3Multi, carrier{"b3": long + "-" + spanID + "-1", "x-b3-traceid": w3c, "x-b3-spanid": w3cSpan, "x-b3-sampled": "0"}, long, spanID, true},
		{"multi after bad single", propagate.B3, carrier{"b3": "x", "x-b3-traceid": w3c, "x-b3-spanid": w3cSpan, "x-b3-sampled": "1"}, w3c, w3cSpan, true},

		{"jaeger", propagate.Jaeger, carrier{"uber-trace-id": long + ":" + spanID + ":0:1"}, long, spanID, true},
		{"jaeger unpadded", propagate.Jaeger, carrier{"uber-trace-id": "4d2:16e:0:1"}, "000000000000000000000000000004d2", "000000000000016e", true},
		{"jaeger not sampled", propagate.Jaeger, carrier{"uber-trace-id": short + ":" + spanID + ":" + parent + ":00"}, padded, spanID, false},
		{"jaeger debug", propagate.Jaeger, carrier{"uber-trace-id": long + ":" + spanID + ":0:3"}, long, spanID, true},
		{"jaeger encoded", propagate.Jaeger, carrier{"uber-trace-id": long + "%3A" + spanID + "%3a0%3A1"}, long, spanID, true},
		{"jaeger zero", propagate.Jaeger, carrier{"uber-trace-id": "0:" + spanID + ":0:1"}, "", "", false},
		{"jaeger too long", propagate.Jaeger, carrier{"uber-trace-id": "1" + long + ":" + spanID + ":0:1"}, "", "", false},
		{"jaeger three fields", propagate.Jaeger, carrier{"uber-trace-id": long + ":" + spanID + ":0"}, "", "", false},
		{"jaeger no flags", propagate.Jaeger, carrier{"uber-trace-id": long + ":" + spanID + ":0:"}, "", "", false},

		{"auto none", propagate.Auto(), carrier{}, "", "", false},
		{"auto w3c first", propagate.Auto(), carrier{"traceparent": "00-" + w3c + "-" + w3cSpan + "-01", "b3": long + "-" + spanID + "-0"}, w3c, w3cSpan, true},
		{"auto bad w3c", propagate.Auto(), carrier{"traceparent": "00-x", "b3": long + "-" + spanID + "-1"}, long, spanID, true},
		{"auto multi", propagate.Auto(), carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-sampled": "1"}, long, spanID, true},
		{"auto jaeger", propagate.Auto(propagate.B3), carrier{"uber-trace-id": long + ":" + spanID + ":0:1"}, long, spanID, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := context.Background()
			ctx := c.format.Extract(before, c.carrier)
			s := trace.SpanContextFromContext(ctx)
			if c.trace == "" {
				if ctx != before {
					t.Fatalf("extracted %v", s)
				}
				return
			}
			if s.TraceID().String() != c.trace || s.SpanID().String() != c.span || s.IsSampled() != c.sampled || !s.IsRemote() {
				t.Errorf("got %s %s sampled %v remote %v", s.TraceID(), s.SpanID(), s.IsSampled(), s.IsRemote())
			}
		})
	}
}

// What a proxy that starts no span passes on.
func TestInject_remoteUnchanged(t *testing.T) {
	for _, c := range []struct {
		name string
		in   carrier
		as   propagation.TextMapPropagator
		out  carrier
	}{
		{"b3 to itself", carrier{"b3": long + "-" + spanID + "-1"}, propagate.B3, carrier{"b3": long + "-" + spanID + "-1"}},
		{"b3 denied", carrier{"b3": long + "-" + spanID + "-0"}, propagate.B3, carrier{"b3": long + "-" + spanID + "-0"}},
		{"b3 deferred", carrier{"b3": long + "-" + spanID}, propagate.B3, carrier{"b3": long + "-" + spanID}},
		{"b3 debug to multi", carrier{"b3": long + "-" + spanID + "-d"}, propagate.B3Multi, carrier{"x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-flags": "1"}},
		{"b3 deferred to multi", carrier{"b3": short + "-" + spanID}, propagate.B3Multi, carrier{"x-b3-traceid": padded, "x-b3-spanid": spanID}},
		{"b3 debug to jaeger", carrier{"b3": long + "-" + spanID + "-d"}, propagate.Jaeger, carrier{"uber-trace-id": long + ":" + spanID + ":0:3"}},
		{"jaeger debug to b3", carrier{"uber-trace-id": long + ":" + spanID + ":0:3"}, propagate.B3, carrier{"b3": long + "-" + spanID + "-d"}},
		{"w3c to jaeger", carrier{"traceparent": "00-" + w3c + "-" + w3cSpan + "-01"}, propagate.Jaeger, carrier{"uber-trace-id": w3c + ":" + w3cSpan + ":0:1"}},
		{"b3 to w3c and multi", carrier{"b3": long + "-" + spanID + "-1"}, propagate.Auto(propagate.W3C, propagate.B3Multi), carrier{
			"traceparent": "00-" + long + "-" + spanID + "-01", "x-b3-traceid": long, "x-b3-spanid": spanID, "x-b3-sampled": "1"}},
		{"w3c with state", carrier{"traceparent": "00-" + w3c + "-" + w3cSpan + "-00", "tracestate": "ot=th:c"}, propagate.Auto(), carrier{
			"traceparent": "00-" + w3c + "-" + w3cSpan + "-00", "tracestate": "ot=th:c"}},
		{"nothing", carrier{}, propagate.Auto(propagate.W3C, propagate.B3, propagate.B3Multi, propagate.Jaeger), carrier{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := carrier{}
			c.as.Inject(propagate.Auto().Extract(context.Background(), c.in), out)
			if !maps.Equal(out, c.out) {
				t.Errorf("got %v, want %v", out, c.out)
			}
			for key := range out {
				if !slices.Contains(c.as.Fields(), key) {
					t.Errorf("%s is not in Fields %v", key, c.as.Fields())
				}
			}
		})
	}
}

// A local span has decided on sampling, keeps debug within its trace, and only there.
func TestInject_localSpan(t *testing.T) {
	provider, _ := spantest.New()
	tracer := provider.Tracer("test")
	for _, c := range []struct {
		name, in, state string
		options         []trace.SpanStartOption
	}{
		{"deferred is dropped by the parent-based sampler", long + "-" + spanID, "0", nil},
		{"debug", long + "-" + spanID + "-d", "d", nil},
		{"debug of another trace", long + "-" + spanID + "-d", "1", []trace.SpanStartOption{trace.WithNewRoot()}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := propagate.B3.Extract(context.Background(), carrier{"b3": c.in})
			ctx, span := tracer.Start(ctx, "op", c.options...)
			defer span.End()
			out := carrier{}
			propagate.B3.Inject(ctx, out)
			own := span.SpanContext()
			if want := own.TraceID().String() + "-" + own.SpanID().String() + "-" + c.state; out["b3"] != want {
				t.Errorf("got %q, want %q", out["b3"], want)
			}
		})
	}
}

// A later extraction replaces the earlier one's debug flag.
func TestExtract_again(t *testing.T) {
	ctx := propagate.B3.Extract(context.Background(), carrier{"b3": long + "-" + spanID + "-d"})
	ctx = propagate.B3.Extract(ctx, carrier{"b3": long + "-" + parent + "-1"})
	out := carrier{}
	propagate.B3.Inject(ctx, out)
	if want := long + "-" + parent + "-1"; out["b3"] != want {
		t.Errorf("got %q, want %q", out["b3"], want)
	}
}

func TestExtract_anyCaseOfHeaders(t *testing.T) {
	h := http.Header{}
	h.Set("X-B3-TraceId", long)
	h.Set("X-B3-SpanId", spanID)
	h.Set("X-B3-Sampled", "1")
	ctx := propagate.Auto().Extract(context.Background(), propagation.HeaderCarrier(h))
	if got := trace.SpanContextFromContext(ctx).TraceID().String(); got != long {
		t.Errorf("got %q", got)
	}
}
