package ab

func Crash() { panic("from a~b") }
