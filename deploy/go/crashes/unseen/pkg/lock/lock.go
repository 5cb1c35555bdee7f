package lock

import (
	"os"
	"regexp"
	"sync"
)

var re = func() *regexp.Regexp {
	if os.Getenv("BADINIT") == "1" {
		return regexp.MustCompile("a(")
	}
	return nil
}()

func init() {
	if os.Getenv("BADINIT") == "2" {
		panic("no database")
	}
}
func Unlock()  { var mu sync.Mutex; mu.Unlock() }
func RUnlock() { var mu sync.RWMutex; mu.RUnlock() }
func Wg()      { var wg sync.WaitGroup; wg.Done() }
func Once()    { var o sync.Once; o.Do(func() { panic("in once") }) }

var _ = re
