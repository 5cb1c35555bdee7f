// SPDX-License-Identifier: Apache-2.0

// Package pkgslo binds OpenTelemetry spans to Go packages, so that a reader of the telemetry knows
// which package a call, an error, a panic or a slow initialisation belongs to.
//
// A package binds itself once and starts its spans through what it got:
//
//	var tel = pkgslo.Bind("")
//
//	func Convert(ctx context.Context, amount int) (int, error) {
//		ctx, span := tel.Start(ctx, "Convert")
//		defer span.End()
//		…
//	}
//
// Such a span has the package's import path as its instrumentation scope and the calling function
// as code.function.name. A panic that passes span.End is recorded with its whole stack and goes on.
//
// Initialisations run before main can set up a tracer. [InitStart] notes their times, [EmitInits]
// makes spans of them later.
//
// Package propagate reads and writes trace context (W3C, B3, Jaeger). Packages httpslo, sqlslo and
// rpcslo wrap net/http handlers, database/sql drivers and net/rpc.
//
// Everything here is safe for concurrent use. Without an SDK it costs what the OpenTelemetry API's
// no-op tracer costs, and a look at one frame of the stack per span.
package pkgslo
