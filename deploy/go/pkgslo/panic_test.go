// SPDX-License-Identifier: Apache-2.0

package pkgslo_test

import (
	"context"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/spantest"
)

func TestEnd_abortIsNoPanic(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("").With(provider)
	value := passing(func() {
		_, span := tel.Start(context.Background(), "op")
		defer span.End()
		panic(http.ErrAbortHandler)
	})
	s := spantest.One(t, recorder)
	if value != http.ErrAbortHandler || len(s.Events()) != 0 || s.Status().Code != codes.Unset {
		t.Errorf("came out %v, %d events, status %v", value, len(s.Events()), s.Status())
	}
}

func TestEnd_goexitIsNoPanic(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("").With(provider)
	returned := true
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		returned = false
		func() {
			ctx, span := tel.Start(context.Background(), "op")
			defer span.End()
			defer tel.Recover(ctx)
			runtime.Goexit()
		}()
		returned = true
	}()
	done.Wait()
	s := spantest.One(t, recorder)
	if returned || len(s.Events()) != 0 || s.Status().Code != codes.Unset {
		t.Errorf("Goexit swallowed: %v, %d events, status %v", returned, len(s.Events()), s.Status())
	}
}

// uncomparable panics when it is compared with its like.
type uncomparable struct{ _ []int }

func TestEnd_uncomparableValue(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("").With(provider)
	value := passing(func() {
		_, span := tel.Start(context.Background(), "op")
		defer span.End()
		panic(uncomparable{})
	})
	if _, ok := value.(uncomparable); !ok || len(spantest.Exceptions(spantest.One(t, recorder))) != 1 {
		t.Errorf("came out %v", value)
	}
}

// breaking is a span processor that panics itself, as no processor should.
type breaking struct{ sdk.SpanProcessor }

func (breaking) OnEnd(sdk.ReadOnlySpan) { panic("processor") }

func TestEnd_firstPanicWins(t *testing.T) {
	_, recorder := spantest.New()
	tel := pkgslo.Bind("").With(sdk.NewTracerProvider(sdk.WithSpanProcessor(breaking{recorder})))
	value := passing(func() {
		_, span := tel.Start(context.Background(), "op")
		defer span.End()
		panic("application")
	})
	if value != "application" {
		t.Errorf("came out %v", value)
	}
}

func TestRecover(t *testing.T) {
	type test struct {
		name, span string
		run        func(ctx context.Context, tel *pkgslo.Package)
	}
	for _, c := range []test{
		{"on the context's span", "op", func(ctx context.Context, tel *pkgslo.Package) {
			ctx, span := tel.Start(ctx, "op")
			defer func() { span.End() }() // not deferred itself: records nothing
			defer tel.Recover(ctx)
			panic("boom")
		}},
		{"after the span's end", "panic", func(ctx context.Context, tel *pkgslo.Package) {
			ctx, span := tel.Start(ctx, "op")
			span.End()
			defer tel.Recover(ctx)
			panic("boom")
		}},
		{"without a span", "panic", func(ctx context.Context, tel *pkgslo.Package) {
			defer tel.Recover(ctx)
			panic("boom")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			provider, recorder := spantest.New()
			tel := pkgslo.Bind("").With(provider)
			if value := passing(func() { c.run(context.Background(), tel) }); value != "boom" {
				t.Errorf("came out %v", value)
			}
			for _, s := range recorder.Ended() {
				events := spantest.Exceptions(s)
				if (s.Name() == c.span) != (len(events) == 1) {
					t.Errorf("%s has %d exceptions", s.Name(), len(events))
				}
				if len(events) == 1 && !strings.Contains(spantest.Attribute(events[0], "exception.stacktrace"), "\npanic(") {
					t.Error("no stack")
				}
			}
		})
	}
	t.Run("abort without a span", func(t *testing.T) {
		provider, recorder := spantest.New()
		tel := pkgslo.Bind("").With(provider)
		passing(func() {
			defer tel.Recover(context.Background())
			panic(http.ErrAbortHandler)
		})
		if n := len(recorder.Ended()); n != 0 {
			t.Errorf("%d spans", n)
		}
	})
}

func TestStart_concurrent(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("").With(provider)
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 50 {
				_, span := tel.Start(context.Background(), "op")
				span.End()
			}
		}()
	}
	all.Wait()
	if n := len(recorder.Ended()); n != 400 {
		t.Errorf("%d spans", n)
	}
}
