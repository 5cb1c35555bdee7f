package boot2

import (
	"os"
	"time"
)

// A goroutine that init starts panics: the package's init itself went well.
func init() {
	if os.Getenv("WILD") == "boot2" {
		go func() {
			time.Sleep(20 * time.Millisecond)
			panic("boot2: goroutine of init")
		}()

	}
}
