// Package wild is a package whose last element has a dot.
package wild

// Boom panics in the module's root package.
func Boom(n int) int {
	var s []int
	return s[n]
}
