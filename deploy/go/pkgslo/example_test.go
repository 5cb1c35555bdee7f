// SPDX-License-Identifier: Apache-2.0

package pkgslo_test

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/otel/attribute"

	pkgslo "github.com/pkgslo/pkgslo-go"
	"github.com/pkgslo/pkgslo-go/internal/spantest"
)

// A package binds itself once, in a variable.
var tel = pkgslo.Bind("", attribute.String("team", "billing"))

func ExamplePackage_Start() {
	convert := func(ctx context.Context, amount int) int {
		_, span := tel.Start(ctx, "Convert")
		defer span.End()
		return amount * 2
	}
	fmt.Println(convert(context.Background(), 21))
	// Output: 42
}

func ExamplePackage_Do() {
	err := tel.Do(context.Background(), "Charge", func(context.Context) error {
		return errors.New("card declined")
	})
	fmt.Println(err)
	// Output: card declined
}

func ExamplePackage_Recover() {
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }() // the program's own policy comes last
		defer tel.Recover(context.Background())
		var stock map[string]int
		stock["tea"]++
	}()
	fmt.Println(<-done)
	// Output: assignment to entry in nil map
}

func ExampleInitRecorder() {
	provider, _ := spantest.New() // a program passes its SDK's provider
	var inits pkgslo.InitRecorder
	initialising := inits.Start()
	initialising.Done()
	fmt.Println(inits.Emit(context.Background(), provider), "initialisation")
	// Output: 1 initialisation
}
