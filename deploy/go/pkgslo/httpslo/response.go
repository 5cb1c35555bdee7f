// SPDX-License-Identifier: Apache-2.0

package httpslo

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// response remembers the status that a handler wrote.
type response struct {
	http.ResponseWriter
	status int // 0 until the header is written
}

func (r *response) WriteHeader(status int) {
	// 1xx is an announcement, but for 101, after which the connection is another protocol's.
	if r.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *response) Write(b []byte) (int, error) {
	r.implicit()
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what lies below.
func (r *response) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *response) implicit() {
	if r.status == 0 {
		r.status = http.StatusOK
	}
}

// shaped returns the response with the optional interfaces of the writer below, as handlers ask for
// them by type assertion. The shapes are those of net/http's HTTP/1 and HTTP/2 servers and of
// httptest; other writers offer through http.ResponseController what they can do.
func (r *response) shaped() http.ResponseWriter {
	flusher, flushes := r.ResponseWriter.(http.Flusher)
	hijacker, hijacks := r.ResponseWriter.(http.Hijacker)
	reader, reads := r.ResponseWriter.(io.ReaderFrom)
	pusher, pushes := r.ResponseWriter.(http.Pusher)
	switch {
	case flushes && hijacks && reads:
		return http1{flushing{r, flusher}, hijacker, reader}
	case flushes && pushes:
		return http2{flushing{r, flusher}, pusher}
	case flushes:
		return flushing{r, flusher}
	}
	return r
}

type flushing struct {
	*response
	flusher http.Flusher
}

func (f flushing) Flush() {
	f.implicit()
	f.flusher.Flush()
}

type http1 struct {
	flushing
	hijacker http.Hijacker
	reader   io.ReaderFrom
}

// Hijack hands the connection over; what is written there is not HTTP/1's any more.
func (h http1) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := h.hijacker.Hijack()
	if err == nil && h.status == 0 {
		h.status = http.StatusSwitchingProtocols
	}
	return conn, buffer, err
}

func (h http1) ReadFrom(source io.Reader) (int64, error) {
	h.implicit()
	return h.reader.ReadFrom(source)
}

type http2 struct {
	flushing
	http.Pusher
}
