package jobs

import (
	"testing"
	"time"
)

func TestBoom(t *testing.T) {
	t.Run("sub", func(t *testing.T) {
		var c *Counter
		c.m["x"] = 1
	})
}

func TestSlow(t *testing.T) { time.Sleep(5 * time.Second) }

func TestFatal(t *testing.T) { t.Fatal("panic: not a panic") }

func TestCleanup(t *testing.T) {
	t.Cleanup(func() { panic("in cleanup") })
}

func TestParallelPanic(t *testing.T) {
	t.Parallel()
	go func() { panic("goroutine of a test") }()
	time.Sleep(time.Second)
}

func FuzzX(f *testing.F) {
	f.Add(1)
	f.Fuzz(func(t *testing.T, n int) {
		if n == 1 {
			panic("fuzzed")
		}
	})
}

func BenchmarkBoom(b *testing.B) {
	for b.Loop() {
		panic("in a benchmark")
	}
}
