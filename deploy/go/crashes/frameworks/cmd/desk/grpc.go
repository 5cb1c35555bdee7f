package main

import (
	"context"
	"log"
	"log/slog"
	"net"
	"os"
	"runtime/debug"

	grpcmiddlewarev1 "github.com/grpc-ecosystem/go-grpc-middleware/recovery"
	"github.com/grpc-ecosystem/go-grpc-middleware/v2/interceptors/recovery"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
)

type checks struct {
	grpc_health_v1.UnimplementedHealthServer
}

func (checks) Check(context.Context, *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	post()
	return nil, nil
}

func (checks) Watch(*grpc_health_v1.HealthCheckRequest, grpc.ServerStreamingServer[grpc_health_v1.HealthCheckResponse]) error {
	sum()
	return nil
}

// call lets a client log what the server answers.
func call(stream bool, options ...grpc.ServerOption) {
	listener := bufconn.Listen(1 << 16)
	server := grpc.NewServer(options...)
	grpc_health_v1.RegisterHealthServer(server, checks{})
	go server.Serve(listener)
	conn, err := grpc.NewClient("passthrough:bufnet",
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }),
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	client := grpc_health_v1.NewHealthClient(conn)
	if stream {
		watch, werr := client.Watch(context.Background(), &grpc_health_v1.HealthCheckRequest{})
		if werr == nil {
			_, werr = watch.Recv()
		}
		err = werr
	} else {
		_, err = client.Check(context.Background(), &grpc_health_v1.HealthCheckRequest{})
	}
	log.Printf("call failed: %v", err)
}

func init() {
	add(map[string]func(){
		"grpc":       func() { call(false, grpc.UnaryInterceptor(recovery.UnaryServerInterceptor())) },
		"grpcstream": func() { call(true, grpc.StreamInterceptor(recovery.StreamServerInterceptor())) },
		"grpcv1":     func() { call(false, grpc.UnaryInterceptor(grpcmiddlewarev1.UnaryServerInterceptor())) },
		"grpchandler": func() {
			l := slog.New(slog.NewJSONHandler(os.Stderr, nil))
			report := func(value any) error {
				l.Error("recovered from panic", "panic", value, "stack", string(debug.Stack()))
				return status.Errorf(codes.Internal, "%v", value)
			}
			call(false, grpc.UnaryInterceptor(recovery.UnaryServerInterceptor(recovery.WithRecoveryHandler(report))))
		},
		"grpcbare": func() { call(false) },
	})
}
