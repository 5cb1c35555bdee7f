// SPDX-License-Identifier: Apache-2.0

// Package source names the function that starts a span, for packages that share one tracer of
// their service instead of having one each.
package source

import (
	"runtime"

	"go.opentelemetry.io/otel/attribute"
	semconv "go.opentelemetry.io/otel/semconv/v1.41.0"
	"go.opentelemetry.io/otel/trace"
)

// Here is the span start option that sets code.function.name, code.file.path and code.line.number
// of its caller. The function name is the runtime's symbol, so a dot in the last element of the
// import path is written %2e.
func Here() trace.SpanStartEventOption {
	return trace.WithAttributes(caller(3)...)
}

func caller(skip int) []attribute.KeyValue {
	var pcs [1]uintptr
	if runtime.Callers(skip, pcs[:]) == 0 {
		return nil
	}
	frame, _ := runtime.CallersFrames(pcs[:]).Next()
	return []attribute.KeyValue{
		semconv.CodeFunctionName(frame.Function),
		semconv.CodeFilePath(frame.File),
		semconv.CodeLineNumber(frame.Line),
	}
}
