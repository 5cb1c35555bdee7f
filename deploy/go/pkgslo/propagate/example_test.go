// SPDX-License-Identifier: Apache-2.0

package propagate_test

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/propagation"

	"github.com/pkgslo/pkgslo-go/propagate"
)

func ExampleAuto() {
	from := propagation.MapCarrier{"uber-trace-id": "64fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1"}
	ctx := propagate.Auto().Extract(context.Background(), from)

	to := propagation.MapCarrier{}
	propagate.Auto(propagate.W3C, propagate.B3).Inject(ctx, to)
	fmt.Println(to["traceparent"])
	fmt.Println(to["b3"])
	// Output:
	// 00-000000000000000064fe8b2a57d3eff7-e457b5a2e4d86bd1-01
	// 000000000000000064fe8b2a57d3eff7-e457b5a2e4d86bd1-1
}
