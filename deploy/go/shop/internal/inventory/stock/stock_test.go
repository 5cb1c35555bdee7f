// SPDX-License-Identifier: Apache-2.0

package stock

import (
	"context"
	"errors"
	"testing"
)

func TestReserveTakesAllOrNothing(t *testing.T) {
	s := Full()
	err := s.Reserve(context.Background(), "1", []Line{{"TEA-001", 10}, {"TEA-002", full + 1}})
	if !errors.Is(err, ErrShort) {
		t.Fatalf("got %v", err)
	}
	if left, _ := s.Left("TEA-001"); left != full {
		t.Errorf("%d left after a refused order", left)
	}
	if err := s.Reserve(context.Background(), "2", []Line{{"TEA-001", 10}, {"TEA-002", full}}); err != nil {
		t.Fatal(err)
	}
	if left, _ := s.Left("TEA-002"); left != 0 {
		t.Errorf("%d left", left)
	}
	if delivered := s.fill(); delivered != full+10 {
		t.Errorf("%d delivered", delivered)
	}
}

func TestUnknownProduct(t *testing.T) {
	if err := Full().Reserve(context.Background(), "1", []Line{{"XXX", 1}}); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v", err)
	}
	if _, err := Full().Left("XXX"); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v", err)
	}
}
