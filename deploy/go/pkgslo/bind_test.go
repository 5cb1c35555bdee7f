// SPDX-License-Identifier: Apache-2.0

package pkgslo_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/spantest"
)

const here = "github.com/pkgslo/pkgslo-go_test"

func TestBind_findsCallingPackage(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("", attribute.Bool("canary", true)).With(provider)
	_, span := tel.Start(context.Background(), "Convert", trace.WithSpanKind(trace.SpanKindServer))
	span.End()

	s := spantest.One(t, recorder)
	if s.Name() != "Convert" || s.SpanKind() != trace.SpanKindServer {
		t.Errorf("%v span %q", s.SpanKind(), s.Name())
	}
	if tel.Name() != here || s.InstrumentationScope().Name != here {
		t.Errorf("bound to %q, scope %q", tel.Name(), s.InstrumentationScope().Name)
	}
	if got := spantest.Attribute(s.Attributes(), "code.function.name"); got != here+".TestBind_findsCallingPackage" {
		t.Errorf("code.function.name = %q", got)
	}
	if got := spantest.Attribute(s.Attributes(), "canary"); got != "true" {
		t.Errorf("canary = %q", got)
	}
}

// A caller in another package must not draw the span to itself.
func TestStart_namesFunctionOfBoundPackage(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("example.com/acme/pkg/yaml.v3").With(provider)
	_, span := tel.Start(context.Background(), "Decode it")
	span.End()
	_, span = tel.StartAs(context.Background(), "example.com/acme/pkg/yaml%2ev3.(*Decoder).Decode", "decode")
	span.End()

	ended := recorder.Ended()
	for i, want := range []string{"example.com/acme/pkg/yaml%2ev3.Decode_it", "example.com/acme/pkg/yaml%2ev3.(*Decoder).Decode"} {
		if got := spantest.Attribute(ended[i].Attributes(), "code.function.name"); got != want {
			t.Errorf("code.function.name = %q, want %q", got, want)
		}
		if got := ended[i].InstrumentationScope().Name; got != "example.com/acme/pkg/yaml.v3" {
			t.Errorf("scope %q", got)
		}
	}
}

func TestBind_copiesAttributes(t *testing.T) {
	provider, recorder := spantest.New()
	attrs := []attribute.KeyValue{attribute.String("team", "billing")}
	tel := pkgslo.Bind("", attrs...).With(provider)
	attrs[0] = attribute.String("team", "other")
	_, span := tel.Start(context.Background(), "op")
	span.End()
	if got := spantest.Attribute(spantest.One(t, recorder).Attributes(), "team"); got != "billing" {
		t.Errorf("team = %q", got)
	}
}

// thrown is a value type with a path, as errors of applications are.
type thrown struct{ Code int }

func (e thrown) Error() string { return fmt.Sprintf("code %d", e.Code) }

func TestEnd_recordsPanicAndGoesOn(t *testing.T) {
	var nilMap map[string]int
	fails := errors.New("no stock")
	for _, c := range []struct {
		name, kind, message string
		panics              func()
	}{
		{"string", ".string", "boom", func() { panic("boom") }},
		{"error", "*errors.errorString", "no stock", func() { panic(fails) }},
		{"value", here + ".thrown", "code 7", func() { panic(thrown{7}) }},
		{"runtime", "runtime.boundsError", "runtime error: index out of range [3] with length 0", func() { _ = []int{}[len("abc")] }},
		{"map", "runtime.plainError", "assignment to entry in nil map", func() { nilMap["a"] = 1 }},
		{"nil", "*runtime.PanicNilError", (&runtime.PanicNilError{}).Error(), func() { panic(nil) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			provider, recorder := spantest.New()
			tel := pkgslo.Bind("").With(provider)
			value := passing(func() {
				_, span := tel.Start(context.Background(), "op")
				defer span.End()
				deep(40, c.panics)
			})
			if c.name == "error" && value != fails {
				t.Errorf("another value came out: %v", value)
			}
			if fmt.Sprint(value) != c.message {
				t.Errorf("came out: %v", value)
			}
			s := spantest.One(t, recorder)
			if s.Status().Code != codes.Error || s.Status().Description != c.message {
				t.Errorf("status %+v", s.Status())
			}
			events := spantest.Exceptions(s)
			if len(events) != 1 {
				t.Fatalf("%d exceptions", len(events))
			}
			if got := spantest.Attribute(events[0], "exception.type"); got != c.kind {
				t.Errorf("type %q, want %q", got, c.kind)
			}
			if got := spantest.Attribute(events[0], "exception.message"); got != c.message {
				t.Errorf("message %q", got)
			}
			stack := spantest.Attribute(events[0], "exception.stacktrace")
			if n := strings.Count(stack, here+".deep("); n != 41 || !strings.Contains(stack, "\npanic(") {
				t.Errorf("the stack is not whole, %d calls of deep:\n%s", n, stack)
			}
			if at := s.Events()[0].Time; at.UnixNano() < s.EndTime().UnixNano() {
				t.Errorf("the event at %v is before the end %v", at, s.EndTime())
			}
		})
	}
}

// Every enclosing span has its copy, as with the SDK's own recording; readers count the innermost.
func TestEnd_nestedSpans(t *testing.T) {
	provider, recorder := spantest.New()
	tel := pkgslo.Bind("").With(provider)
	passing(func() {
		ctx, outer := tel.Start(context.Background(), "outer")
		defer outer.End()
		_, inner := tel.Start(ctx, "inner")
		defer inner.End()
		panic("boom")
	})
	for _, s := range recorder.Ended() {
		if len(spantest.Exceptions(s)) != 1 || s.Status().Code != codes.Error {
			t.Errorf("%s: %d exceptions, status %v", s.Name(), len(spantest.Exceptions(s)), s.Status())
		}
	}
	if ended := recorder.Ended(); len(ended) != 2 || ended[0].Parent().SpanID() != ended[1].SpanContext().SpanID() {
		t.Errorf("%d spans, or not nested", len(ended))
	}
}

func TestDo(t *testing.T) {
	fails := errors.New("no stock")
	for _, c := range []struct {
		name   string
		err    error
		status codes.Code
		events int
	}{
		{"fine", nil, codes.Unset, 0},
		{"fails", fails, codes.Error, 1},
		{"cancelled", fmt.Errorf("cart: %w", context.Canceled), codes.Unset, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			provider, recorder := spantest.New()
			tel := pkgslo.Bind("").With(provider)
			got := tel.Do(context.Background(), "op", func(ctx context.Context) error {
				if !trace.SpanFromContext(ctx).IsRecording() {
					t.Error("no span in the context")
				}
				return c.err
			})
			s := spantest.One(t, recorder)
			if got != c.err || s.Status().Code != c.status || len(spantest.Exceptions(s)) != c.events {
				t.Errorf("returned %v, status %v, %d exceptions", got, s.Status(), len(spantest.Exceptions(s)))
			}
			if got := spantest.Attribute(s.Attributes(), "code.function.name"); !strings.HasPrefix(got, here+".TestDo") {
				t.Errorf("code.function.name = %q", got)
			}
		})
	}
}

func passing(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

func deep(n int, f func()) {
	if n == 0 {
		f()
		return
	}
	deep(n-1, f)
}
