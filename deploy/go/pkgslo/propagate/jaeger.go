// SPDX-License-Identifier: Apache-2.0

package propagate

import (
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Of https://www.jaegertracing.io/docs/1.76/client-libraries/#propagation-format: four fields of
// hexadecimal digits, which some clients write without leading zeros and with encoded colons.
const (
	uberTraceID     = "uber-trace-id"
	jaegerSampled   = 1
	jaegerDebug     = 2
	maxJaegerLength = 32 + 16 + 16 + 2 + 3*len("%3A")
)

func injectJaeger(s state, carrier propagation.TextMapCarrier) {
	flags := 0
	if s.span.IsSampled() {
		flags |= jaegerSampled
	}
	if s.debug {
		flags |= jaegerSampled | jaegerDebug
	}
	// The parent is deprecated and always 0.
	carrier.Set(uberTraceID, s.span.TraceID().String()+":"+s.span.SpanID().String()+":0:"+strconv.Itoa(flags))
}

func extractJaeger(carrier propagation.TextMapCarrier) (state, bool) {
	value := carrier.Get(uberTraceID)
	if len(value) > maxJaegerLength {
		return state{}, false
	}
	if !strings.Contains(value, ":") {
		value = strings.ReplaceAll(strings.ReplaceAll(value, "%3A", ":"), "%3a", ":")
	}
	parts := strings.Split(value, ":")
	if len(parts) != 4 {
		return state{}, false
	}
	var traceID trace.TraceID
	var spanID trace.SpanID
	var flags [1]byte
	if !decode(traceID[:], parts[0]) || !decode(spanID[:], parts[1]) || !decode(flags[:], parts[3]) {
		return state{}, false
	}
	return newState(traceID, spanID, flags[0]&jaegerSampled != 0, flags[0]&jaegerDebug != 0, false)
}
