// SPDX-License-Identifier: Apache-2.0

// Package warehouse chooses where an order is shipped from: the place with the shortest queue.
package warehouse

import (
	"container/heap"
	"context"
	"sync"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/shop/internal/platform/source"
	"github.com/pkgslo/shop/internal/platform/switches"
)

// The service's tracer: which package a span is of is told by code.function.name alone.
var tracer = otel.Tracer("inventory")

type place struct {
	name   string
	queued int
	// weight is the number of pieces that one packer handles while another handles one.
	weight int
}

// Places is a set of warehouses.
type Places struct {
	mu    sync.Mutex
	queue places
}

// NewPlaces has the shop's three warehouses, all idle.
func NewPlaces() *Places {
	p := &Places{queue: places{{name: "hamburg", weight: 3}, {name: "leipzig", weight: 2}, {name: "basel", weight: 1}}}
	heap.Init(&p.queue)
	return p
}

// Pick gives a number of pieces to the least loaded warehouse and returns its name.
func (p *Places) Pick(ctx context.Context, pieces int) (string, error) {
	ctx, span := tracer.Start(ctx, "pick", source.Here())
	defer span.End()
	if err := switches.Slow(ctx, "warehouse"); err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	chosen := p.queue[0]
	chosen.queued += pieces
	heap.Fix(&p.queue, 0)
	span.SetAttributes(attribute.String("warehouse.name", chosen.name), attribute.Int("warehouse.queued", chosen.queued))
	return chosen.name, nil
}

// Ship takes pieces that have left out of every queue.
func (p *Places) Ship(pieces int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, place := range p.queue {
		place.queued = max(0, place.queued-pieces*place.weight)
	}
	heap.Init(&p.queue)
}

// places is a heap by load.
type places []*place

func (q places) Len() int      { return len(q) }
func (q places) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q places) Less(i, j int) bool {
	// queued/weight without a division; the name makes the choice repeatable.
	left, right := q[i].queued*q[j].weight, q[j].queued*q[i].weight
	return left < right || left == right && q[i].name < q[j].name
}
func (q *places) Push(x any) { *q = append(*q, x.(*place)) }
func (q *places) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
