// SPDX-License-Identifier: Apache-2.0

package pkgslo_test

import (
	"context"
	"sync"
	"testing"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/spantest"
)

// The variables stand in the order in which they are initialised.
var (
	begun        = time.Now()
	initialising = pkgslo.InitStart()
	_            = fib(20)
)

var initialised time.Time

func init() {
	initialising.Done()
	initialised = time.Now()
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

// emitOnce empties the process-wide recorder, which a process can do only once however often its
// tests run.
var emitOnce = sync.OnceValues(func() (int, []sdk.ReadOnlySpan) {
	provider, recorder := spantest.New()
	ctx, request := provider.Tracer("x").Start(context.Background(), "request")
	defer request.End()
	return pkgslo.EmitInits(ctx, provider), recorder.Ended()
})

func TestEmitInits(t *testing.T) {
	n, ended := emitOnce()
	if n != 1 || len(ended) != 2 {
		t.Fatalf("%d inits, %d spans", n, len(ended))
	}
	s, root := ended[0], ended[1]
	if s.Name() != "init "+here || s.InstrumentationScope().Name != here || s.SpanKind() != trace.SpanKindInternal {
		t.Errorf("%v span %q of %q", s.SpanKind(), s.Name(), s.InstrumentationScope().Name)
	}
	if got := spantest.Attribute(s.Attributes(), "code.function.name"); got != here+".init" {
		t.Errorf("code.function.name = %q", got)
	}
	if s.StartTime().Before(begun) || !s.EndTime().After(s.StartTime()) || s.EndTime().After(initialised) {
		t.Errorf("%v to %v does not lie within %v to %v", s.StartTime(), s.EndTime(), begun, initialised)
	}
	if root.Name() != "process.init" || root.Parent().IsValid() || s.Parent().SpanID() != root.SpanContext().SpanID() {
		t.Errorf("root %q with parent %v", root.Name(), root.Parent())
	}
	if !root.StartTime().Equal(s.StartTime()) || !root.EndTime().Equal(s.EndTime()) {
		t.Errorf("root from %v to %v", root.StartTime(), root.EndTime())
	}
	provider, _ := spantest.New()
	initialising.Done() // too late
	if n := pkgslo.EmitInits(context.Background(), provider); n != 0 {
		t.Errorf("%d inits were emitted again", n)
	}
}

func TestInitRecorder_mergesDuplicates(t *testing.T) {
	provider, recorder := spantest.New()
	var r pkgslo.InitRecorder
	first, second, abandoned := r.Start(), r.Start(), r.Start()
	_ = abandoned // never done: its end is unknown, so it is not reported
	second.Done()
	first.Done()
	first.Done()
	if n := r.Emit(context.Background(), provider); n != 1 {
		t.Errorf("%d inits", n)
	}
	if n := len(recorder.Ended()); n != 2 {
		t.Errorf("%d spans", n)
	}
}

func TestInitRecorder_concurrent(t *testing.T) {
	provider, recorder := spantest.New()
	var r pkgslo.InitRecorder
	var all sync.WaitGroup
	for range 16 {
		all.Add(1)
		go func() {
			defer all.Done()
			r.Start().Done()
		}()
	}
	all.Wait()
	if n := r.Emit(context.Background(), provider); n != 1 {
		t.Errorf("%d inits", n)
	}
	root := recorder.Ended()[1]
	if root.EndTime().Before(root.StartTime()) {
		t.Errorf("from %v to %v", root.StartTime(), root.EndTime())
	}
}

func TestInitRecorder_nothingToDo(t *testing.T) {
	var r pkgslo.InitRecorder
	if n := r.Emit(context.Background(), noop.NewTracerProvider()); n != 0 {
		t.Errorf("%d inits", n)
	}
	var none *pkgslo.Init
	none.Done()
	r.Start().Done()
	if n := r.Emit(context.Background(), nil); n != 1 {
		t.Errorf("%d inits with the global provider", n)
	}
}
