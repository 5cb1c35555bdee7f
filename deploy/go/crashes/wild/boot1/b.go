package boot1

import "os"

func init() {
	func() {
		func() {
			if os.Getenv("WILD") == "boot1" {
				panic("boot1: closure in init")
			}
		}()
	}()
}
