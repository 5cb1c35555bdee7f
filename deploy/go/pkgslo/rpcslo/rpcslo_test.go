// SPDX-License-Identifier: Apache-2.0

package rpcslo_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"net"
	"net/rpc"
	"sync"
	"testing"

	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/spantest"
	elsewhere "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere.v2"
	"github.com/pkgslo/pkgslo-go/propagate"
	"github.com/pkgslo/pkgslo-go/rpcslo"
)

const here = "github.com/pkgslo/pkgslo-go/rpcslo_test"

// serve serves one connection; done returns when it is over, and with it all spans.
func serve(t *testing.T, server interface{ ServeConn(net.Conn) }) (client net.Conn, done func()) {
	t.Helper()
	client, conn := net.Pipe()
	var served sync.WaitGroup
	served.Add(1)
	go func() {
		defer served.Done()
		server.ServeConn(conn)
	}()
	return client, served.Wait
}

type traced struct{ *rpcslo.Server }

func (s traced) ServeConn(c net.Conn) { s.Server.ServeConn(c) }

type plain struct{ *rpc.Server }

func (s plain) ServeConn(c net.Conn) { s.Server.ServeConn(c) }

func newServer(t *testing.T, arith *elsewhere.Arith) (traced, *tracetest.SpanRecorder) {
	t.Helper()
	provider, recorder := spantest.New()
	server := rpcslo.NewServer(rpcslo.WithProvider(provider), rpcslo.WithPropagator(propagate.W3C))
	if err := errors.Join(server.Register(arith), server.RegisterName("Sums", arith)); err != nil {
		t.Fatal(err)
	}
	return traced{server}, recorder
}

func newClient(conn net.Conn) (*rpcslo.Client, *tracetest.SpanRecorder) {
	provider, recorder := spantest.New()
	return rpcslo.NewClient(conn, rpcslo.WithProvider(provider), rpcslo.WithPropagator(propagate.W3C)), recorder
}

func byName(recorder *tracetest.SpanRecorder) map[string]sdk.ReadOnlySpan {
	spans := make(map[string]sdk.ReadOnlySpan)
	for _, s := range recorder.Ended() {
		spans[s.Name()] = s
	}
	return spans
}

func TestCall_tracedBothSides(t *testing.T) {
	arith := new(elsewhere.Arith)
	server, served := newServer(t, arith)
	conn, done := serve(t, server)
	client, called := newClient(conn)

	var quotient int
	if err := client.Call(context.Background(), "Arith.Divide", &elsewhere.Args{A: 12, B: 4}, &quotient); err != nil || quotient != 3 {
		t.Fatalf("%d, %v", quotient, err)
	}
	seen := arith.Seen()
	failure := client.Call(context.Background(), "Sums.Divide", &elsewhere.Args{A: 1}, &quotient)
	if failure == nil || failure.Error() != "divide by zero" {
		t.Errorf("error %v", failure)
	}
	if err := client.Call(context.Background(), "Nobody.Divide", &elsewhere.Args{}, &quotient); err == nil {
		t.Error("a service that is not there answered")
	}
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	done()

	of, by := byName(called), byName(served)
	if len(called.Ended()) != 3 || len(served.Ended()) != 2 {
		t.Fatalf("%d spans of the client, %d of the server", len(called.Ended()), len(served.Ended()))
	}
	c, s := of["Arith.Divide"], by["Arith.Divide"]
	if c.SpanKind() != trace.SpanKindClient || c.InstrumentationScope().Name != here {
		t.Errorf("%v span of %s", c.SpanKind(), c.InstrumentationScope().Name)
	}
	if s.SpanKind() != trace.SpanKindServer || s.InstrumentationScope().Name != elsewhere.Path {
		t.Errorf("%v span of %s", s.SpanKind(), s.InstrumentationScope().Name)
	}
	if got := spantest.Attribute(s.Attributes(), "code.function.name"); got != elsewhere.Symbol+".(*Arith).Divide" {
		t.Errorf("code.function.name = %q", got)
	}
	if s.Parent().SpanID() != c.SpanContext().SpanID() || s.SpanContext().TraceID() != c.SpanContext().TraceID() {
		t.Error("the server's span is no child of the client's")
	}
	if !seen.Equal(s.SpanContext()) {
		t.Errorf("the method saw %v", seen)
	}
	if of["Sums.Divide"].Status().Code != codes.Error || by["Sums.Divide"].Status().Description != "divide by zero" {
		t.Errorf("status %v and %v", of["Sums.Divide"].Status(), by["Sums.Divide"].Status())
	}
}

func TestCall_plainServer(t *testing.T) {
	server := rpc.NewServer()
	if err := server.Register(new(elsewhere.Arith)); err != nil {
		t.Fatal(err)
	}
	conn, done := serve(t, plain{server})
	client, called := newClient(conn)
	for range 3 {
		var quotient int
		if err := client.Call(context.Background(), "Arith.Divide", &elsewhere.Args{A: 12, B: 4}, &quotient); err != nil || quotient != 3 {
			t.Fatalf("%d, %v", quotient, err)
		}
	}
	_ = client.Close()
	done()
	if n := len(called.Ended()); n != 3 {
		t.Errorf("%d spans", n)
	}
}

func TestServeConn_plainClient(t *testing.T) {
	arith := new(elsewhere.Arith)
	server, served := newServer(t, arith)
	conn, done := serve(t, server)
	client := rpc.NewClient(conn)
	for range 3 {
		var quotient int
		if err := client.Call("Arith.Divide", &elsewhere.Args{A: 12, B: 4}, &quotient); err != nil || quotient != 3 {
			t.Fatalf("%d, %v", quotient, err)
		}
	}
	_ = client.Close()
	done()
	for _, s := range served.Ended() {
		if s.Parent().IsValid() {
			t.Errorf("parent %v", s.Parent())
		}
	}
	if n := len(served.Ended()); n != 3 {
		t.Errorf("%d spans", n)
	}
}

func TestCall_cancelledBefore(t *testing.T) {
	conn, peer := net.Pipe()
	defer peer.Close()
	client, called := newClient(conn)
	defer client.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := client.Call(ctx, "Arith.Divide", &elsewhere.Args{}, new(int)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if s := spantest.One(t, called); s.Status().Code != codes.Unset {
		t.Errorf("status %v", s.Status())
	}
}

func TestCall_concurrent(t *testing.T) {
	server, served := newServer(t, new(elsewhere.Arith))
	conn, done := serve(t, server)
	client, called := newClient(conn)
	var all sync.WaitGroup
	for i := range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			var quotient int
			if err := client.Call(context.Background(), "Arith.Divide", &elsewhere.Args{A: i, B: 1}, &quotient); err != nil || quotient != i {
				t.Errorf("%d/1 = %d, %v", i, quotient, err)
			}
		}()
	}
	all.Wait()
	_ = client.Close()
	done()
	parents := make(map[trace.SpanID]bool)
	for _, s := range served.Ended() {
		parents[s.Parent().SpanID()] = true
	}
	if len(called.Ended()) != 50 || len(parents) != 50 {
		t.Errorf("%d calls, %d different parents", len(called.Ended()), len(parents))
	}
}

func TestAccept(t *testing.T) {
	server, served := newServer(t, new(elsewhere.Arith))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Accept(listener) }()
	client, err := rpcslo.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	var quotient int
	if err := client.Call(context.Background(), "Arith.Divide", &elsewhere.Args{A: 8, B: 2}, &quotient); err != nil || quotient != 4 {
		t.Errorf("%d, %v", quotient, err)
	}
	_, _ = client.Close(), listener.Close()
	if err := <-ended; err != nil {
		t.Errorf("Accept: %v", err)
	}
	if n := len(served.Started()); n != 1 {
		t.Errorf("%d spans", n)
	}
	if _, err := rpcslo.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("connected to a closed listener")
	}
}

// fromBytes is a connection whose client sends fixed bytes and reads nothing.
type fromBytes struct {
	*bytes.Reader
	bytes.Buffer
}

func (c *fromBytes) Read(b []byte) (int, error)  { return c.Reader.Read(b) }
func (c *fromBytes) Write(b []byte) (int, error) { return c.Buffer.Write(b) }
func (c *fromBytes) Close() error                { return nil }

// Whatever a client sends, the server answers or hangs up, and every span that started has ended.
func FuzzServeConn(f *testing.F) {
	type header struct {
		ServiceMethod string
		Seq           uint64
		Context       map[string]string
	}
	for _, method := range []string{"Arith.Divide", "Arith", "Nobody.F", ""} {
		var b bytes.Buffer
		encoder := gob.NewEncoder(&b)
		for range 2 { // the same sequence number twice
			if err := errors.Join(encoder.Encode(header{method, 1, map[string]string{"traceparent": "00-x"}}), encoder.Encode(elsewhere.Args{A: 6, B: 2})); err != nil {
				f.Fatal(err)
			}
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		server, served := newServer(t, new(elsewhere.Arith))
		server.Server.ServeConn(&fromBytes{Reader: bytes.NewReader(sent)})
		if len(served.Started()) != len(served.Ended()) {
			t.Fatalf("%d spans started, %d ended", len(served.Started()), len(served.Ended()))
		}
	})
}
