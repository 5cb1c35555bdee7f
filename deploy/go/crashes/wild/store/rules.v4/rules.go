package rules

import "sync"

type Number interface{ ~int | ~float64 }

type Set[K comparable, V Number] struct {
	m  map[K]V
	mu sync.Mutex
}

// AddAll writes to a nil map inside a closure inside a generic method.
func (s *Set[K, V]) AddAll(kv map[K]V) {
	each(kv, func(k K, v V) {
		s.m[k] += v
	})
}

func each[K comparable, V any](m map[K]V, f func(K, V)) {
	for k, v := range m {
		f(k, v)
	}
}

//go:noinline
func (s *Set[K, V]) Race() {
	s.m = map[K]V{}
	var wg sync.WaitGroup
	var k K
	for i := 0; i < 8; i++ {
		wg.Go(func() {
			for j := 0; j < 10000000; j++ {
				s.m[k]++
			}
		})
	}
	wg.Wait()
}

func (s *Set[K, V]) RaceIter() {
	s.m = map[K]V{}
	var k K
	go func() {
		for {
			s.m[k]++
		}
	}()
	for {
		for range s.m {
		}
	}
}
