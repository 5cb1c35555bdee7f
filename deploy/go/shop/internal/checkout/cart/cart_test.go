// SPDX-License-Identifier: Apache-2.0

package cart

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestNormalizeMergesAndSorts(t *testing.T) {
	got, err := Normalize(context.Background(), []Line{{"tea-002", 1}, {"COF-001", 2}, {" TEA-002", 3}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []Line{{"COF-001", 2}, {"TEA-002", 4}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestNormalizeRefuses(t *testing.T) {
	for name, lines := range map[string][]Line{
		"empty":    nil,
		"unknown":  {{"XXX", 1}},
		"nothing":  {{"TEA-001", 0}},
		"too many": {{"TEA-001", 150}, {"TEA-001", 51}},
	} {
		if _, err := Normalize(context.Background(), lines); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
