// SPDX-License-Identifier: Apache-2.0

package caller

import (
	"strings"
	"testing"
)

const here = "github.com/pkgslo/pkgslo-go/internal/caller"

func TestAt(t *testing.T) {
	f := At(0)
	if f.Package != here || f.Symbol != here+".TestAt" || !strings.HasSuffix(f.File, "caller_test.go") {
		t.Errorf("got %+v", f)
	}
	if up := At(1); up.Package != "testing" {
		t.Errorf("one above the test: %+v", up)
	}
	if none := At(1000); none != (Frame{}) {
		t.Errorf("above the stack: %+v", none)
	}
	if Of(PC(1000)) != (Frame{}) {
		t.Error("a frame for no program counter")
	}
}

func TestFirst(t *testing.T) {
	f, ok := First(func(string) bool { return false })
	if !ok || f.Symbol != here+".TestFirst" {
		t.Errorf("got %+v, %v", f, ok)
	}
	// Everything above the test is the standard library's.
	if f, ok := First(func(path string) bool { return path == here }); ok {
		t.Errorf("got %+v", f)
	}
}
