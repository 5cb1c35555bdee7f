package slow

import "time"

var Table = build()

func build() map[string]int { time.Sleep(12 * time.Millisecond); return map[string]int{"a": 1} }
