// SPDX-License-Identifier: Apache-2.0

package rpcslo_test

import (
	"context"
	"fmt"
	"net"

	elsewhere "github.com/pkgslo/pkgslo-go/internal/spantest/elsewhere.v2"
	"github.com/pkgslo/pkgslo-go/rpcslo"
)

func ExampleServer() {
	server := rpcslo.NewServer()
	if err := server.Register(new(elsewhere.Arith)); err != nil {
		fmt.Println(err)
		return
	}
	near, far := net.Pipe()
	go server.ServeConn(far)

	client := rpcslo.NewClient(near)
	defer client.Close()
	var quotient int
	err := client.Call(context.Background(), "Arith.Divide", elsewhere.Args{A: 84, B: 2}, &quotient)
	fmt.Println(quotient, err)
	// Output: 42 <nil>
}
