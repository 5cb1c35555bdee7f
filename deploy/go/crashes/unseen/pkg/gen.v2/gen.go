package gen

type Tree[K comparable, V any] struct {
	m    map[K]V
	next *Tree[K, V]
}

func (t *Tree[K, V]) Put(k K, v V) { t.next.m[k] = v }

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0)
	for i := range xs {
		out = append(out, f(xs[i+1]))
	}
	return out
}
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
