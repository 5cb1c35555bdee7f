// SPDX-License-Identifier: Apache-2.0

package propagate

import (
	"strings"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Keys of https://github.com/openzipkin/b3-propagation.
const (
	b3Single  = "b3"
	b3TraceID = "x-b3-traceid"
	b3SpanID  = "x-b3-spanid"
	b3Sampled = "x-b3-sampled"
	b3Flags   = "x-b3-flags"
)

// injectB3Single writes {trace}-{span}[-{state}]. The parent's id is left out: only a span that is
// shared by client and server needs it, and OpenTelemetry shares none.
func injectB3Single(s state, carrier propagation.TextMapCarrier) {
	value := s.span.TraceID().String() + "-" + s.span.SpanID().String()
	if sampling := samplingOf(s); sampling != "" {
		value += "-" + sampling
	}
	carrier.Set(b3Single, value)
}

func injectB3Multi(s state, carrier propagation.TextMapCarrier) {
	carrier.Set(b3TraceID, s.span.TraceID().String())
	carrier.Set(b3SpanID, s.span.SpanID().String())
	switch sampling := samplingOf(s); sampling {
	case "":
	case "d":
		carrier.Set(b3Flags, "1") // implies sampled; the other header must then be absent
	default:
		carrier.Set(b3Sampled, sampling)
	}
}

func samplingOf(s state) string {
	switch {
	case s.debug:
		return "d"
	case s.deferred:
		return ""
	case s.span.IsSampled():
		return "1"
	}
	return "0"
}

func extractB3(carrier propagation.TextMapCarrier) (state, bool) {
	if s, ok := parseB3Single(carrier.Get(b3Single)); ok {
		return s, true
	}
	sampling := carrier.Get(b3Sampled)
	if carrier.Get(b3Flags) == "1" {
		sampling = "d"
	}
	return parseB3(carrier.Get(b3TraceID), carrier.Get(b3SpanID), strings.ToLower(sampling))
}

// parseB3Single reads {trace}-{span}[-{state}[-{parent}]]. A state alone ("0") names no span.
func parseB3Single(value string) (state, bool) {
	parts := strings.SplitN(value, "-", 5)
	if len(parts) < 2 || len(parts) > 4 {
		return state{}, false
	}
	sampling := ""
	if len(parts) > 2 {
		sampling = parts[2]
		if sampling != "0" && sampling != "1" && sampling != "d" {
			return state{}, false
		}
	}
	if len(parts) == 4 {
		var parent trace.SpanID
		if len(parts[3]) != 16 || !decode(parent[:], parts[3]) {
			return state{}, false
		}
	}
	return parseB3(parts[0], parts[1], sampling)
}

func parseB3(traceDigits, spanDigits, sampling string) (state, bool) {
	var traceID trace.TraceID
	var spanID trace.SpanID
	if len(traceDigits) != 16 && len(traceDigits) != 32 || len(spanDigits) != 16 {
		return state{}, false
	}
	if !decode(traceID[:], traceDigits) || !decode(spanID[:], spanDigits) {
		return state{}, false
	}
	switch sampling {
	case "", "0", "false", "1", "true", "d": // words: what old tracers sent
	default:
		return state{}, false
	}
	return newState(traceID, spanID, sampling == "1" || sampling == "true", sampling == "d", sampling == "")
}
