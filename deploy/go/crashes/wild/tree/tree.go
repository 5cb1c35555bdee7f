package tree

import "gopkg.example.dev/wild.v4/chain"

type Node struct{ L, R *Node }

//go:noinline
func (n *Node) Depth(k int) int {
	if k < 0 {
		return 0
	}
	return chain.Call(func() int { return n.Depth(k+1) + 1 })
}

// Walk is an iterator whose body may panic.
func (n *Node) Walk(yield func(*Node) bool) {
	if n == nil {
		return
	}
	n.L.Walk(yield)
	if !yield(n) {
		return
	}
	n.R.Walk(yield)
}
