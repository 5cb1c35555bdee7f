// Package codec reads past the end.
package codec

import "encoding/binary"

//go:noinline
func Decode(b []byte) uint64 { return binary.BigEndian.Uint64(b) }
