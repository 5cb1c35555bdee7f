package billing

import "net/http"

type Svc struct{ m map[string]int }

func Handler(m map[string]int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { m["a"] = 1 }
}

func Outer(m map[string]int) http.HandlerFunc { return inner(m) }

func inner(m map[string]int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { m["inner"] = 1 }
}

func (s *Svc) Routes() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { s.m["routes"] = 1 }
}

func Each[T any](xs []T) func(yield func(T) bool) {
	return func(yield func(T) bool) {
		for _, x := range xs {
			if !yield(x) {
				return
			}
		}
		panic("iterator ran dry")
	}
}

func Go(m map[string]int) func() { return func() { m["go"] = 1 } }
