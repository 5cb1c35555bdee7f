// SPDX-License-Identifier: Apache-2.0

package recommend

import (
	"context"
	"slices"
	"testing"
)

func TestForPrefersWhatWasBoughtTogether(t *testing.T) {
	model := NewModel()
	model.Learn([]string{"COF-001", "POT-004"})
	model.Learn([]string{"COF-001", "POT-004", "ACC-001"})
	got, err := model.For(context.Background(), "COF-001", 3)
	if want := []string{"POT-004", "ACC-001", "COF-002"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestForKnowsNothingAboutUnknownProducts(t *testing.T) {
	got, err := NewModel().For(context.Background(), "XXX", 3)
	if err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
