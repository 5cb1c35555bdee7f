package boot4

import (
	"os"
	"sync"
)

type Registry[T any] struct{ items []T }

func (r *Registry[T]) Must(v T) *Registry[T] {
	if os.Getenv("WILD") == "boot4" {
		panic("boot4: " + string(rune('0'+len(r.items))) + " registered twice")
	}
	r.items = append(r.items, v)
	return r
}

var R = (&Registry[int]{}).Must(1).Must(2)

// Lazy is set at init and run later.
var Lazy = sync.OnceValue(func() int {
	var m map[string]int
	m["x"] = 1
	return 1
})
