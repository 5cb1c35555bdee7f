// SPDX-License-Identifier: Apache-2.0

package warehouse

import (
	"context"
	"testing"
)

func TestPickSharesByWeight(t *testing.T) {
	places := NewPlaces()
	picked := map[string]int{}
	for range 600 {
		name, err := places.Pick(context.Background(), 1)
		if err != nil {
			t.Fatal(err)
		}
		picked[name]++
	}
	if picked["hamburg"] != 300 || picked["leipzig"] != 200 || picked["basel"] != 100 {
		t.Errorf("got %v", picked)
	}
	places.Ship(1000)
	if name, _ := places.Pick(context.Background(), 1); name != "basel" {
		t.Errorf("after shipping: %s", name)
	}
}
