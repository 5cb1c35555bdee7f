package xy

import "time"

func init() { time.Sleep(12 * time.Millisecond) }

func Crash() { panic("from x+y") }
