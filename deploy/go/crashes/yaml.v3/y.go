package yaml

type Set[T comparable] struct{ m map[T]bool }

func (s *Set[T]) Add(v T) { s.m[v] = true }

func Map[T, U any](in []T, f func(T) U) []U { var out []U; for _, v := range in { out = append(out, f(v)) }; return out }
