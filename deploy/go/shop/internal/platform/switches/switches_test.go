// SPDX-License-Identifier: Apache-2.0

package switches

import (
	"strings"
	"testing"
	"time"
)

func TestParseReadsEveryKind(t *testing.T) {
	set, err := Parse("panic:pricing=0.08, error:payment=1,slow:warehouse=0.5@250ms,leak:orders=2,init:catalog=150ms,crash-init:tax")
	if err != nil {
		t.Fatal(err)
	}
	want := Set{
		"panic:pricing":  {probability: 0.08},
		"error:payment":  {probability: 1},
		"slow:warehouse": {probability: 0.5, delay: 250 * time.Millisecond},
		"leak:orders":    {count: 2},
		"init:catalog":   {delay: 150 * time.Millisecond},
		"crash-init:tax": {probability: 1},
	}
	if len(set) != len(want) {
		t.Fatalf("got %v, want %v", set, want)
	}
	for name, r := range want {
		if set[name] != r {
			t.Errorf("%s: got %+v, want %+v", name, set[name], r)
		}
	}
}

func TestParseReportsAllMistakes(t *testing.T) {
	for _, entry := range []string{"panic:pricing=1.5", "panic:pricing=NaN", "panic:cart=0.1", "boom", "slow:payment=0.1", "leak:orders=x"} {
		if _, err := Parse("error:payment=0.1," + entry); err == nil || !strings.Contains(err.Error(), entry) {
			t.Errorf("%s: got error %v", entry, err)
		}
	}
}

func TestHitsFollowsTheProbability(t *testing.T) {
	set := Set{"panic:pricing": {probability: 0.25}}
	hits := 0
	for range 10000 {
		if set.hits(kindPanic, "pricing") {
			hits++
		}
	}
	if hits < 2200 || hits > 2800 {
		t.Errorf("%d of 10000 calls hit, want about 2500", hits)
	}
	if set.hits(kindPanic, "promo") {
		t.Error("a switch that is not set hits")
	}
}
