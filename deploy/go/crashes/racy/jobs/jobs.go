package jobs

import (
	"sync"
	"unsafe"
)

type Counter struct {
	n int
	m map[string]int
}

func (c *Counter) Run() {
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); c.n++ }()
	}
	wg.Wait()
}

func Straddle(b []byte) int64 {
	p := (*[64]int64)(unsafe.Pointer(&b[0]))
	return p[1]
}

func Arith(b []byte) byte {
	return *(*byte)(unsafe.Add(unsafe.Pointer(&b[0]), 1<<40))
}
