// Package recovery logs what it recovers, as programs do without a framework.
package recovery

// Do calls a function and hands over what it panics with.
func Do(f func(), report func(value any)) {
	defer func() {
		if value := recover(); value != nil {
			report(value)
		}
	}()
	f()
}
