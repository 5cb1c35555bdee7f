// SPDX-License-Identifier: Apache-2.0

package rpcslo

import (
	"bufio"
	"context"
	"encoding/gob"
	"io"
	"net"
	"net/rpc"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/caller"
	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

const ownPath = "github.com/pkgslo/pkgslo-go/rpcslo"

// Client makes traced calls. It is safe for concurrent use.
type Client struct {
	rpc    *rpc.Client
	config *config
	owner  caller.Frame // who made the client
}

// Dial connects to a server, traced or plain.
func Dial(network, address string, options ...Option) (*Client, error) {
	conn, err := net.Dial(network, address)
	if err != nil {
		return nil, err
	}
	return newClient(conn, caller.At(1), options), nil
}

// NewClient makes calls over a connection to a server, traced or plain.
func NewClient(conn io.ReadWriteCloser, options ...Option) *Client {
	return newClient(conn, caller.At(1), options)
}

func newClient(conn io.ReadWriteCloser, owner caller.Frame, options []Option) *Client {
	return &Client{rpc: rpc.NewClientWithCodec(newClientCodec(conn)), config: newConfig(options), owner: owner}
}

// Call makes a call and waits for its end, as [rpc.Client.Call] does. The context gives the parent
// span; it cannot cancel a call that was sent, because net/rpc would go on to write to reply.
func (c *Client) Call(ctx context.Context, serviceMethod string, args, reply any) error {
	ctx, span := c.start(ctx, serviceMethod)
	defer span.End()
	err := c.call(ctx, serviceMethod, args, reply)
	pkgslo.RecordError(span, err)
	return err
}

func (c *Client) call(ctx context.Context, serviceMethod string, args, reply any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	header := propagation.MapCarrier{}
	c.config.propagation().Inject(ctx, header)
	return c.rpc.Call(serviceMethod, withContext{args, header}, reply)
}

func (c *Client) start(ctx context.Context, serviceMethod string) (context.Context, trace.Span) {
	from, ok := caller.First(func(path string) bool { return path == ownPath })
	if !ok {
		from = c.owner
	}
	attributes := []attribute.KeyValue{systemName, attribute.String("rpc.method", serviceMethod)}
	if from.Package == symbol.Main { // readers resolve main by its file
		attributes = append(attributes, attribute.String("code.file.path", from.File))
	}
	return c.config.packages.Of(from.Package).StartAs(ctx, from.Symbol, serviceMethod,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(attributes...))
}

var systemName = attribute.String("rpc.system.name", "net/rpc")

// Close closes the connection. Calls that wait return [rpc.ErrShutdown].
func (c *Client) Close() error { return c.rpc.Close() }

// withContext brings a call's context to the codec: arguments reach it untouched.
type withContext struct {
	args    any
	context map[string]string
}

// clientCodec is net/rpc's gob codec with our header.
type clientCodec struct {
	conn   io.Closer
	decode *gob.Decoder
	encode *gob.Encoder
	out    *bufio.Writer
}

func newClientCodec(conn io.ReadWriteCloser) *clientCodec {
	out := bufio.NewWriter(conn)
	return &clientCodec{conn: conn, decode: gob.NewDecoder(conn), encode: gob.NewEncoder(out), out: out}
}

func (c *clientCodec) WriteRequest(r *rpc.Request, body any) error {
	header := requestHeader{ServiceMethod: r.ServiceMethod, Seq: r.Seq}
	if call, ok := body.(withContext); ok {
		header.Context, body = call.context, call.args
	}
	if err := c.encode.Encode(header); err != nil {
		return err
	}
	if err := c.encode.Encode(body); err != nil {
		return err
	}
	return c.out.Flush()
}

func (c *clientCodec) ReadResponseHeader(r *rpc.Response) error { return c.decode.Decode(r) }
func (c *clientCodec) ReadResponseBody(body any) error          { return c.decode.Decode(body) }
func (c *clientCodec) Close() error                             { return c.conn.Close() }
