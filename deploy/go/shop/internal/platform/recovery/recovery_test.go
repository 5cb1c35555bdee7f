// SPDX-License-Identifier: Apache-2.0

package recovery

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestHTTPAnswers500(t *testing.T) {
	handler := HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }))
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Code != http.StatusInternalServerError {
		t.Errorf("status %d", answer.Code)
	}
}

func TestHTTPLetsAbortsThrough(t *testing.T) {
	handler := HTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the abort was swallowed")
		}
	}()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
}

func TestGRPCAnswersInternal(t *testing.T) {
	_, err := GRPC(context.Background(), nil, &grpc.UnaryServerInfo{FullMethod: "/s/M"},
		func(context.Context, any) (any, error) { panic("boom") })
	if status.Code(err) != codes.Internal {
		t.Errorf("got %v", err)
	}
}
