// SPDX-License-Identifier: Apache-2.0

package rpcslo

import (
	"errors"
	"io"
	"net"
	"net/rpc"
	"reflect"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

// Server serves receivers as [rpc.Server] does, with a span around each call. Make one with
// [NewServer]. It is safe for concurrent use.
type Server struct {
	rpc       *rpc.Server
	config    *config
	mu        sync.RWMutex
	receivers map[string]receiver // by service name
}

type receiver struct {
	path, typeName string
	pointer        bool
}

// NewServer returns a server without receivers.
func NewServer(options ...Option) *Server {
	return &Server{rpc: rpc.NewServer(), config: newConfig(options), receivers: make(map[string]receiver)}
}

// Register publishes the methods of a receiver under the name of its type.
func (s *Server) Register(rcvr any) error {
	if err := s.rpc.Register(rcvr); err != nil {
		return err
	}
	r := receiverOf(rcvr)
	s.add(r.typeName, r)
	return nil
}

// RegisterName publishes the methods of a receiver under a name.
func (s *Server) RegisterName(name string, rcvr any) error {
	if err := s.rpc.RegisterName(name, rcvr); err != nil {
		return err
	}
	s.add(name, receiverOf(rcvr))
	return nil
}

func (s *Server) add(name string, r receiver) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.receivers[name] = r
}

func receiverOf(rcvr any) receiver {
	t := reflect.TypeOf(rcvr)
	pointer := t.Kind() == reflect.Pointer
	if pointer {
		t = t.Elem()
	}
	return receiver{path: t.PkgPath(), typeName: t.Name(), pointer: pointer}
}

// ServeConn serves one connection until the client hangs up, as [rpc.Server.ServeConn] does.
func (s *Server) ServeConn(conn io.ReadWriteCloser) { s.rpc.ServeCodec(newServerCodec(conn, s)) }

// Accept serves each connection of a listener until the listener is closed, and returns the error of
// any other end.
func (s *Server) Accept(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		go s.ServeConn(conn)
	}
}

// start starts the span of a request that was read. Requests for services that are not there have
// none: no package serves them.
func (s *Server) start(request requestHeader, options ...trace.SpanStartOption) (call, bool) {
	dot := strings.LastIndexByte(request.ServiceMethod, '.')
	if dot < 0 {
		return call{}, false
	}
	s.mu.RLock()
	r, ok := s.receivers[request.ServiceMethod[:dot]]
	s.mu.RUnlock()
	if !ok {
		return call{}, false
	}
	function := symbol.Method(r.path, r.typeName, request.ServiceMethod[dot+1:], r.pointer)
	ctx := s.config.inbound(request.Context)
	ctx, span := s.config.packages.Of(r.path).StartAs(ctx, function, request.ServiceMethod, options...)
	return call{ctx, span}, true
}

func (c call) end(failure string) {
	if c.span == nil {
		return
	}
	if failure != "" {
		c.span.SetStatus(codes.Error, failure)
	}
	c.span.End()
}
