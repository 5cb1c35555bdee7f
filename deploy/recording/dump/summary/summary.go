// SPDX-License-Identifier: Apache-2.0

// Package summary counts what a recording holds, so that a reader can see that it is what its
// description says. It is for people: pkgslo's own tests count with a program of their own.
package summary

import (
	"fmt"
	"regexp"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/pkgslo/recording/format"
)

// Summary holds the counts. Details are of the plain topics only: the others repeat them.
type Summary struct {
	about     format.Metadata
	topics    map[string]*topicCount
	processes map[process]*processCount
	scopes    map[scope]*scopeCount
	panics    map[panicKind]*panicCount
	metrics   map[string]int
	spans     map[spanID]*span
}

type topicCount struct{ records, keyed, bytes, items int }

type process struct{ service, version, instance string }

type processCount struct {
	spans, logs, stderr, inits, crashes, stacks, points int
	minutes                                             map[int64]int // panics by minute of the recording
}

type scope struct{ service, version, name, function string }

type scopeCount struct{ spans, errors, exceptions int }

type panicKind struct{ service, version, scope, kind, message string }

type panicCount struct {
	panics    int
	processes map[string]int
}

type spanID struct {
	trace pcommon.TraceID
	id    pcommon.SpanID
}

// span is what is needed to find the innermost span of a panic.
type span struct {
	process process
	scope   string
	parent  spanID
	panic   *exception
}

type exception struct {
	kind, message string
	unixMilli     int64
}

var (
	initLine  = regexp.MustCompile(`^init \S+ @[\d.]+ ms, [\d.]+ ms clock, \d+ bytes, \d+ allocs$`)
	crashLine = regexp.MustCompile(`^(panic: |fatal error: |SIG[A-Z]+: )|http: panic serving `)
)

// Of counts a recording.
func Of(about format.Metadata, records []format.Record) (*Summary, error) {
	s := &Summary{
		about:     about,
		topics:    map[string]*topicCount{},
		processes: map[process]*processCount{},
		scopes:    map[scope]*scopeCount{},
		panics:    map[panicKind]*panicCount{},
		metrics:   map[string]int{},
		spans:     map[spanID]*span{},
	}
	for i, record := range records {
		if err := s.add(record); err != nil {
			return nil, fmt.Errorf("record %d of %s: %w", i, record.Topic, err)
		}
	}
	s.settlePanics()
	return s, nil
}

func (s *Summary) add(record format.Record) error {
	count := entry(s.topics, record.Topic)
	count.records++
	count.bytes += len(record.Value)
	if record.Key != nil {
		count.keyed++
	}
	signal, variant := strings.TrimPrefix(record.Topic, "otlp_"), false
	if name, _, found := strings.Cut(signal, "_"); found {
		signal, variant = name, true
	}
	switch signal {
	case "spans":
		traces, err := decodeTraces(record.Value)
		if err != nil {
			return err
		}
		count.items += traces.SpanCount()
		if !variant {
			s.addTraces(traces)
		}
	case "logs":
		logs, err := decodeLogs(record.Value)
		if err != nil {
			return err
		}
		count.items += logs.LogRecordCount()
		if !variant {
			s.addLogs(logs)
		}
	case "metrics":
		metrics, err := decodeMetrics(record.Value)
		if err != nil {
			return err
		}
		count.items += metrics.DataPointCount()
		if !variant {
			s.addMetrics(metrics)
		}
	}
	return nil
}

func isJSON(value []byte) bool { return len(value) > 0 && value[0] == '{' }

func decodeTraces(value []byte) (ptrace.Traces, error) {
	if isJSON(value) {
		return (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(value)
	}
	return (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(value)
}

func decodeLogs(value []byte) (plog.Logs, error) {
	if isJSON(value) {
		return (&plog.JSONUnmarshaler{}).UnmarshalLogs(value)
	}
	return (&plog.ProtoUnmarshaler{}).UnmarshalLogs(value)
}

func decodeMetrics(value []byte) (pmetric.Metrics, error) {
	if isJSON(value) {
		return (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(value)
	}
	return (&pmetric.ProtoUnmarshaler{}).UnmarshalMetrics(value)
}

func (s *Summary) addTraces(traces ptrace.Traces) {
	for _, ofResource := range traces.ResourceSpans().All() {
		p := processOf(ofResource.Resource())
		for _, ofScope := range ofResource.ScopeSpans().All() {
			name := ofScope.Scope().Name()
			for _, each := range ofScope.Spans().All() {
				s.addSpan(p, name, each)
			}
		}
	}
}

func (s *Summary) addSpan(p process, name string, each ptrace.Span) {
	s.process(p).spans++
	key := scope{p.service, p.version, name, ""}
	if function, ok := each.Attributes().Get("code.function.name"); ok {
		key.function = function.AsString()
	}
	count := entry(s.scopes, key)
	count.spans++
	if each.Status().Code() == ptrace.StatusCodeError {
		count.errors++
	}
	kept := &span{process: p, scope: name, parent: spanID{each.TraceID(), each.ParentSpanID()}}
	for _, event := range each.Events().All() {
		if event.Name() != "exception" {
			continue
		}
		count.exceptions++
		// The SDK stamps the exception of a panic after the end, that of RecordError before it.
		if event.Timestamp() >= each.EndTimestamp() {
			kept.panic = &exception{
				kind:      text(event.Attributes(), "exception.type"),
				message:   text(event.Attributes(), "exception.message"),
				unixMilli: event.Timestamp().AsTime().UnixMilli(),
			}
		}
	}
	s.spans[spanID{each.TraceID(), each.SpanID()}] = kept
}

// settlePanics counts each panic once, at the innermost of the spans that carry it.
func (s *Summary) settlePanics() {
	enclosing := map[spanID]bool{}
	for _, each := range s.spans {
		parent := s.spans[each.parent]
		if each.panic != nil && parent != nil && parent.panic != nil && parent.process == each.process {
			enclosing[each.parent] = true
		}
	}
	for id, each := range s.spans {
		if each.panic == nil || enclosing[id] {
			continue
		}
		p := each.process
		count := entry(s.panics, panicKind{p.service, p.version, each.scope, each.panic.kind, each.panic.message})
		count.panics++
		if count.processes == nil {
			count.processes = map[string]int{}
		}
		count.processes[p.instance]++
		s.process(p).minutes[(each.panic.unixMilli-s.about.StartMillis)/60_000]++
	}
}

func (s *Summary) addLogs(logs plog.Logs) {
	for _, ofResource := range logs.ResourceLogs().All() {
		count := s.process(processOf(ofResource.Resource()))
		for _, ofScope := range ofResource.ScopeLogs().All() {
			for _, each := range ofScope.LogRecords().All() {
				if text(each.Attributes(), "log.iostream") != "stderr" {
					count.logs++
					if text(each.Attributes(), "exception.stacktrace") != "" {
						count.stacks++
					}
					continue
				}
				count.stderr++
				switch body := each.Body().AsString(); {
				case initLine.MatchString(body):
					count.inits++
				case crashLine.MatchString(body):
					count.crashes++
				}
			}
		}
	}
}

func (s *Summary) addMetrics(metrics pmetric.Metrics) {
	for _, ofResource := range metrics.ResourceMetrics().All() {
		count := s.process(processOf(ofResource.Resource()))
		for _, ofScope := range ofResource.ScopeMetrics().All() {
			for _, each := range ofScope.Metrics().All() {
				points := pointsOf(each)
				count.points += points
				s.metrics[each.Name()] += points
			}
		}
	}
}

func pointsOf(metric pmetric.Metric) int {
	switch metric.Type() {
	case pmetric.MetricTypeGauge:
		return metric.Gauge().DataPoints().Len()
	case pmetric.MetricTypeSum:
		return metric.Sum().DataPoints().Len()
	case pmetric.MetricTypeHistogram:
		return metric.Histogram().DataPoints().Len()
	case pmetric.MetricTypeExponentialHistogram:
		return metric.ExponentialHistogram().DataPoints().Len()
	case pmetric.MetricTypeSummary:
		return metric.Summary().DataPoints().Len()
	default:
		return 0
	}
}

func processOf(resource pcommon.Resource) process {
	attributes := resource.Attributes()
	return process{text(attributes, "service.name"), text(attributes, "service.version"), text(attributes, "service.instance.id")}
}

func text(attributes pcommon.Map, key string) string {
	value, ok := attributes.Get(key)
	if !ok {
		return ""
	}
	return value.AsString()
}

func (s *Summary) process(p process) *processCount {
	count := entry(s.processes, p)
	if count.minutes == nil {
		count.minutes = map[int64]int{}
	}
	return count
}

func entry[K comparable, V any](m map[K]*V, key K) *V {
	if m[key] == nil {
		m[key] = new(V)
	}
	return m[key]
}
