// SPDX-License-Identifier: Apache-2.0

package sqlslo

import "testing"

func TestVerbOf(t *testing.T) {
	for query, want := range map[string]string{
		"select 1":                             "SELECT",
		"  -- who\n\t/* why */ ; (SELECT 1)":   "SELECT",
		"SAVEPOINT a":                          "SAVEPOINT",
		"SAVEPOINTS a":                         "",
		"-- only a comment":                    "",
		"/* not closed SELECT":                 "",
		"/*/ SELECT":                           "",
		"":                                     "",
		"secret4711":                           "",
		"WITH x AS (SELECT 1) SELECT * FROM x": "WITH",
	} {
		if got := verbOf(query); got != want {
			t.Errorf("verbOf(%q) = %q, want %q", query, got, want)
		}
	}
}

func FuzzVerbOf(f *testing.F) {
	f.Add("/* a */ -- b\nselect 1")
	f.Fuzz(func(t *testing.T, query string) {
		if verb := verbOf(query); verb != "" && !verbs[verb] {
			t.Fatalf("%q", verb)
		}
	})
}
