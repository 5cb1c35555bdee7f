// SPDX-License-Identifier: Apache-2.0

// Package recovery turns a panic of a handler into an answer and a log record with the stack.
//
// SHOP_RECOVERY says where it stands, because what telemetry shows of a panic depends on it:
//
//	inside   within otelhttp: the server span ends with 500 and status ERROR, the log has its ids
//	outside  around otelhttp: the server span carries the exception, has no status code, and the
//	         log stands outside of any span
//	none     nowhere: net/http writes "http: panic serving" to standard error and closes the
//	         connection; gRPC lets the process die
package recovery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var logger = otelslog.NewLogger("github.com/pkgslo/shop/internal/platform/recovery", otelslog.WithSource(true))

// Place is where the recovery stands in relation to the instrumentation.
type Place string

const (
	Inside  Place = "inside"
	Outside Place = "outside"
	None    Place = "none"
)

// PlaceFromEnv reads SHOP_RECOVERY; absent means Inside.
func PlaceFromEnv() (Place, error) {
	switch place := Place(os.Getenv("SHOP_RECOVERY")); place {
	case "":
		return Inside, nil
	case Inside, Outside, None:
		return place, nil
	default:
		return "", fmt.Errorf("SHOP_RECOVERY: expected inside, outside or none, got %q", string(place))
	}
}

// HTTP answers 500 when next panics. A handler that aborts on purpose is let through.
func HTTP(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(value)
			}
			report(r.Context(), r.Method+" "+r.URL.Path, value)
			http.Error(w, "internal error", http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// GRPC answers codes.Internal when the handler of a unary call panics.
func GRPC(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (resp any, err error) {
	defer func() {
		if value := recover(); value != nil {
			report(ctx, info.FullMethod, value)
			resp, err = nil, status.Error(codes.Internal, "internal error")
		}
	}()
	return handler(ctx, req)
}

func report(ctx context.Context, request string, value any) {
	logger.LogAttrs(ctx, slog.LevelError, fmt.Sprintf("panic serving %s: %v", request, value),
		slog.String("exception.type", typeOf(value)),
		slog.String("exception.message", fmt.Sprint(value)),
		slog.String("exception.stacktrace", string(debug.Stack())))
}

// typeOf names a panic value as the SDK does in its exception events.
func typeOf(value any) string {
	if err, ok := value.(error); ok {
		return fmt.Sprintf("%T", err)
	}
	return fmt.Sprintf(".%T", value)
}
