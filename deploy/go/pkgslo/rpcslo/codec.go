// SPDX-License-Identifier: Apache-2.0

package rpcslo

import (
	"bufio"
	"context"
	"encoding/gob"
	"io"
	"net/rpc"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// serverCodec is net/rpc's gob codec with our header. One goroutine reads; responses are written by
// the goroutines of the calls, one at a time.
type serverCodec struct {
	server *Server
	conn   io.Closer
	decode *gob.Decoder
	encode *gob.Encoder
	out    *bufio.Writer

	request requestHeader // whose body is read next
	arrived time.Time

	mu     sync.Mutex
	calls  map[uint64]call // by sequence number; in progress
	closed bool
}

type call struct {
	ctx  context.Context
	span trace.Span
}

func newServerCodec(conn io.ReadWriteCloser, s *Server) *serverCodec {
	out := bufio.NewWriter(conn)
	return &serverCodec{
		server: s, conn: conn, decode: gob.NewDecoder(conn), encode: gob.NewEncoder(out), out: out,
		calls: make(map[uint64]call),
	}
}

func (c *serverCodec) ReadRequestHeader(r *rpc.Request) error {
	c.request = requestHeader{} // gob leaves absent fields as they were
	if err := c.decode.Decode(&c.request); err != nil {
		return err
	}
	c.arrived = time.Now()
	r.ServiceMethod, r.Seq = c.request.ServiceMethod, c.request.Seq
	return nil
}

// ReadRequestBody is called with nil to skip the arguments of a request that cannot be served.
func (c *serverCodec) ReadRequestBody(args any) error {
	if err := c.decode.Decode(args); err != nil || args == nil {
		return err
	}
	started, ok := c.server.start(c.request, trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(c.arrived),
		trace.WithAttributes(systemName, attribute.String("rpc.method", c.request.ServiceMethod)))
	if !ok {
		return nil
	}
	if setter, ok := args.(ContextSetter); ok {
		setter.SetContext(started.ctx)
	}
	c.put(c.request.Seq, started)
	return nil
}

func (c *serverCodec) WriteResponse(r *rpc.Response, body any) error {
	defer c.take(r.Seq).end(r.Error)
	err := c.encode.Encode(r)
	if err == nil {
		err = c.encode.Encode(body)
	}
	if err == nil {
		return c.out.Flush()
	}
	if c.out.Flush() == nil {
		// The connection is sound, so the value could not be encoded. Half a response is of no use
		// to the client: hang up.
		_ = c.Close()
	}
	return err
}

// Close is called once every call has been answered, and by WriteResponse.
func (c *serverCodec) Close() error {
	c.mu.Lock()
	closed := c.closed
	c.closed = true
	c.mu.Unlock()
	if closed {
		return nil
	}
	return c.conn.Close()
}

// put keeps a call. A client that uses a number twice ends the first one's span.
func (c *serverCodec) put(seq uint64, started call) {
	c.mu.Lock()
	before := c.calls[seq]
	c.calls[seq] = started
	c.mu.Unlock()
	before.end("sequence number used again")
}

func (c *serverCodec) take(seq uint64) call {
	c.mu.Lock()
	defer c.mu.Unlock()
	started := c.calls[seq]
	delete(c.calls, seq)
	return started
}

func (c *config) inbound(header map[string]string) context.Context {
	return c.propagation().Extract(context.Background(), propagation.MapCarrier(header))
}
