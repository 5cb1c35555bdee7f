// SPDX-License-Identifier: Apache-2.0

package summary

import (
	"strings"
	"testing"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/pkgslo/recording/format"
)

// A panic that unwinds through three spans of one process is one panic, of the innermost scope; an
// error recorded before the end of its span is none.
func TestOfCountsAPanicOnce(t *testing.T) {
	traces := ptrace.NewTraces()
	resource := traces.ResourceSpans().AppendEmpty()
	resource.Resource().Attributes().PutStr("service.name", "checkout")
	for i, scope := range []string{"api", "cart", "pricing", "recorded"} {
		scoped := resource.ScopeSpans().AppendEmpty()
		scoped.Scope().SetName(scope)
		span := scoped.Spans().AppendEmpty()
		span.SetTraceID(pcommon.TraceID{1})
		span.SetSpanID(pcommon.SpanID{byte(i + 1)})
		span.SetParentSpanID(pcommon.SpanID{byte(i)})
		span.SetEndTimestamp(1000)
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.SetTimestamp(1001)
		if scope == "recorded" {
			event.SetTimestamp(999)
		}
	}
	value, err := (&ptrace.ProtoMarshaler{}).MarshalTraces(traces)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Of(format.Metadata{Topics: []format.Topic{{Name: "otlp_spans", Partitions: 1}}},
		[]format.Record{{Topic: "otlp_spans", Value: value}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.panics) != 1 || s.panics[panicKind{service: "checkout", scope: "pricing"}].panics != 1 {
		t.Errorf("got %v", s.panics)
	}
}

func TestOfTellsLinesOfStandardErrorApart(t *testing.T) {
	logs := plog.NewLogs()
	scoped := logs.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty()
	for _, body := range []string{
		"init runtime @0.041 ms, 0.10 ms clock, 0 bytes, 0 allocs",
		"panic: runtime error: index out of range [-1]",
		"2026/11/20 17:52:22 http: panic serving 127.0.0.1:49048: boom",
		"goroutine 22 [running]:",
	} {
		record := scoped.LogRecords().AppendEmpty()
		record.Body().SetStr(body)
		record.Attributes().PutStr("log.iostream", "stderr")
	}
	value, err := (&plog.JSONMarshaler{}).MarshalLogs(logs)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Of(format.Metadata{Topics: []format.Topic{{Name: "otlp_logs", Partitions: 1}}},
		[]format.Record{{Topic: "otlp_logs", Value: value}})
	if err != nil {
		t.Fatal(err)
	}
	count := s.processes[process{}]
	if count.stderr != 4 || count.inits != 1 || count.crashes != 2 {
		t.Errorf("got %+v", count)
	}
	var out strings.Builder
	if err := s.Print(&out); err != nil || !strings.Contains(out.String(), "otlp_logs  1") {
		t.Errorf("printed %s, %v", out.String(), err)
	}
}
