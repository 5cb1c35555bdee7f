package billing

type Order struct{ ID int }

func Each(f func(int)) { for i := 0; i < 2; i++ { f(i) } }

// small enough to be inlined with its closure
func Guard() func() { return func() { panic("closure of billing") } }

func Iter(yield func(int) bool) { _ = yield(1) }

var Handler = func() { panic("package var closure") }
func Nil(m map[string]int) { m["a"] = 1 }
