package pay

//go:noinline
func Charge(m map[string]int) { m["a"] = 1 }
