// SPDX-License-Identifier: Apache-2.0

package httpslo_test

import (
	"bytes"
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/httpslo"
	"github.com/pkgslo/pkgslo-go/internal/spantest"
	elsewhere "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere.v2"
	"github.com/pkgslo/pkgslo-go/propagate"
)

const here = "github.com/pkgslo/pkgslo-go/httpslo_test"

// passOn is a middleware of this package. Inlined, its closure would be named after the test.
//
//go:noinline
func passOn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

func routes() *http.ServeMux {
	page := &elsewhere.Page{Status: 200}
	mux := http.NewServeMux()
	mux.Handle("GET /pages/{id}", page)
	mux.HandleFunc("example.com/list", page.List)
	mux.HandleFunc("/index", elsewhere.Index)
	mux.Handle("/missing", http.NotFoundHandler())
	inner := http.NewServeMux()
	inner.Handle("/inner/failing", &elsewhere.Page{Status: 503})
	mux.Handle("/inner/", inner)
	return mux
}

func TestHandler_bindsToServingPackage(t *testing.T) {
	for _, c := range []struct {
		request, scope, function, name, route, status string
		code                                          codes.Code
		handler                                       http.Handler
	}{
		{"GET /pages/7", elsewhere.Path, elsewhere.Symbol + ".(*Page).ServeHTTP", "GET /pages/{id}", "/pages/{id}", "200", codes.Unset, routes()},
		{"GET /list", elsewhere.Path, elsewhere.Symbol + ".(*Page).List", "GET /list", "/list", "200", codes.Unset, routes()},
		{"POST /index", elsewhere.Path, elsewhere.Symbol + ".Index", "POST /index", "/index", "200", codes.Unset, routes()},
		{"GET /inner/failing", elsewhere.Path, elsewhere.Symbol + ".(*Page).ServeHTTP", "GET /inner/failing", "/inner/failing", "503", codes.Error, routes()},
		{"GET /missing", here, here + ".TestHandler_bindsToServingPackage", "GET /missing", "/missing", "404", codes.Unset, routes()},
		{"GET /nowhere", here, here + ".TestHandler_bindsToServingPackage", "GET", "", "404", codes.Unset, routes()},
		{"BREW /index", elsewhere.Path, elsewhere.Symbol + ".Index", "HTTP /index", "/index", "200", codes.Unset, routes()},
		{"GET /pages/7", here, here + ".passOn.func1", "GET /pages/{id}", "/pages/{id}", "200", codes.Unset, passOn(routes())},
		{"GET /", elsewhere.Path, elsewhere.Symbol + ".(*Page).ServeHTTP", "GET", "", "500", codes.Error, &elsewhere.Page{Status: 500}},
	} {
		t.Run(c.request, func(t *testing.T) {
			provider, recorder := spantest.New()
			method, path, _ := strings.Cut(c.request, " ")
			h := wrap(c.handler, httpslo.WithProvider(provider))
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, nil))
			s := spantest.One(t, recorder)
			attributes := s.Attributes()
			if c.scope == here && !strings.Contains(c.function, "passOn") {
				c.function = here + ".wrap"
			}
			for what, pair := range map[string][2]string{
				"name":     {s.Name(), c.name},
				"scope":    {s.InstrumentationScope().Name, c.scope},
				"function": {spantest.Attribute(attributes, "code.function.name"), c.function},
				"route":    {spantest.Attribute(attributes, "http.route"), c.route},
				"status":   {spantest.Attribute(attributes, "http.response.status_code"), c.status},
				"path":     {spantest.Attribute(attributes, "url.path"), path},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s %q, want %q", what, pair[0], pair[1])
				}
			}
			if s.Status().Code != c.code || s.SpanKind() != trace.SpanKindServer {
				t.Errorf("status %v of a %v span", s.Status(), s.SpanKind())
			}
		})
	}
}

// wrap is what calls Handler, and so what handlers without a package of their own are bound to.
func wrap(h http.Handler, options ...httpslo.Option) http.Handler {
	return httpslo.Handler(h, options...)
}

func TestHandler_wrappedInsideOfMux(t *testing.T) {
	provider, recorder := spantest.New()
	mux := http.NewServeMux()
	mux.Handle("GET /pages/{id}", httpslo.Handler(&elsewhere.Page{Status: 204}, httpslo.WithProvider(provider)))
	mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/pages/7", nil))
	if s := spantest.One(t, recorder); s.Name() != "GET /pages/{id}" {
		t.Errorf("name %q", s.Name())
	}
}

func TestHandler_fixedPackage(t *testing.T) {
	for path, want := range map[string]string{
		"example.com/acme/api.v1": "example.com/acme/api%2ev1.ServeHTTP",
		"main":                    "main.ServeHTTP",
		elsewhere.Path:            elsewhere.Symbol + ".(*Page).ServeHTTP",
	} {
		provider, recorder := spantest.New()
		tel := pkgslo.Bind(path).With(provider)
		h := httpslo.Handler(&elsewhere.Page{Status: 200}, httpslo.WithPackage(tel))
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		s := spantest.One(t, recorder)
		if got := spantest.Attribute(s.Attributes(), "code.function.name"); got != want {
			t.Errorf("code.function.name = %q, want %q", got, want)
		}
		if got := s.InstrumentationScope().Name; got != tel.Name() {
			t.Errorf("scope %q", got)
		}
	}
}

func TestHandler_continuesTrace(t *testing.T) {
	provider, recorder := spantest.New()
	var inside trace.SpanContext
	h := httpslo.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		inside = trace.SpanContextFromContext(r.Context())
	}), httpslo.WithProvider(provider), httpslo.WithPropagator(propagate.Auto()))
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7")
	r.Header.Set("X-B3-SpanId", "e457b5a2e4d86bd1")
	r.Header.Set("X-B3-Sampled", "1")
	h.ServeHTTP(httptest.NewRecorder(), r)
	s := spantest.One(t, recorder)
	if s.Parent().SpanID().String() != "e457b5a2e4d86bd1" || !s.Parent().IsRemote() || !inside.Equal(s.SpanContext()) {
		t.Errorf("parent %v, inside %v", s.Parent(), inside)
	}
}

func TestHandler_panic(t *testing.T) {
	for _, c := range []struct {
		name   string
		next   http.HandlerFunc
		status string
		events int
		code   codes.Code
	}{
		{"before the header", func(http.ResponseWriter, *http.Request) { panic("boom") }, "", 1, codes.Error},
		{"after the header", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202); panic("boom") }, "202", 1, codes.Error},
		{"abort", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", 0, codes.Unset},
	} {
		t.Run(c.name, func(t *testing.T) {
			provider, recorder := spantest.New()
			var complaints bytes.Buffer
			server := httptest.NewUnstartedServer(httpslo.Handler(c.next, httpslo.WithProvider(provider)))
			server.Config.ErrorLog = log.New(&complaints, "", 0)
			server.Start()
			_, err := http.Get(server.URL)
			server.Close()
			if err == nil {
				t.Error("the panic was swallowed: the client got an answer")
			}
			if got := strings.Contains(complaints.String(), "panic serving"); got != (c.events == 1) {
				t.Errorf("net/http saw the panic: %v", got)
			}
			s := spantest.One(t, recorder)
			if got := spantest.Attribute(s.Attributes(), "http.response.status_code"); got != c.status {
				t.Errorf("status code %q", got)
			}
			if len(spantest.Exceptions(s)) != c.events || s.Status().Code != c.code {
				t.Errorf("%d exceptions, status %v", len(spantest.Exceptions(s)), s.Status())
			}
		})
	}
}

// The writer of a real server keeps what handlers ask it for.
func TestHandler_keepsOptionalInterfaces(t *testing.T) {
	provider, _ := spantest.New()
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, flusher := w.(http.Flusher)
		_, hijacker := w.(http.Hijacker)
		_, reader := w.(io.ReaderFrom)
		_, pusher := w.(http.Pusher)
		if r.ProtoMajor == 1 && !(flusher && hijacker && reader && !pusher) || r.ProtoMajor == 2 && !(flusher && pusher && !hijacker) {
			t.Errorf("%s: %T", r.Proto, w)
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Errorf("%s: %v", r.Proto, err)
		}
		if reader {
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("body"))
			return
		}
		_, _ = w.Write([]byte("body"))
	})
	for _, version := range []int{1, 2} {
		server := httptest.NewUnstartedServer(httpslo.Handler(next, httpslo.WithProvider(provider)))
		if server.EnableHTTP2 = version == 2; server.EnableHTTP2 {
			server.StartTLS()
		} else {
			server.Start()
		}
		response, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		server.Close()
		if response.ProtoMajor != version || string(body) != "body" {
			t.Errorf("%s: %q", response.Proto, body)
		}
	}
}

func TestHandler_hijacked(t *testing.T) {
	provider, recorder := spantest.New()
	traced := httpslo.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
		_ = conn.Close()
	}), httpslo.WithProvider(provider))
	served := make(chan struct{}) // the server does not wait for a handler that took its connection
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		traced.ServeHTTP(w, r)
		close(served)
	}))
	response, err := http.Get(server.URL)
	if err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("%v, %v", response, err)
	} else {
		_ = response.Body.Close()
	}
	server.Close()
	<-served
	if got := spantest.Attribute(spantest.One(t, recorder).Attributes(), "http.response.status_code"); got != "101" {
		t.Errorf("status code %q", got)
	}
}

// bare is a writer without any optional interface.
type bare struct{ http.ResponseWriter }

func TestHandler_announcementIsNoStatus(t *testing.T) {
	provider, recorder := spantest.New()
	h := httpslo.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, ok := w.(http.Flusher); ok {
			t.Error("a flusher out of nothing")
		}
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusNotFound)
		w.WriteHeader(http.StatusInternalServerError) // too late
	}), httpslo.WithProvider(provider))
	h.ServeHTTP(bare{httptest.NewRecorder()}, httptest.NewRequestWithContext(context.Background(), "GET", "/", nil))
	if got := spantest.Attribute(spantest.One(t, recorder).Attributes(), "http.response.status_code"); got != "404" {
		t.Errorf("status code %q", got)
	}
}
