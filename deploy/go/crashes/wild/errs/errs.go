package errs

import "errors"

type Multi struct{ Lines []string }

func (m *Multi) Error() string {
	s := ""
	for _, l := range m.Lines {
		s += l + "\n"
	}
	return s + "end"
}

type Evil struct{}

func (Evil) Error() string { panic("evil error text") }

type EvilNil struct{ p *int }

func (e *EvilNil) Error() string { return string(rune(*e.p)) }

type Named struct {
	A int
	B string
}

type Kind string
type Flag bool
type Cplx complex128

func Joined() { panic(errors.Join(errors.New("first of two"), errors.New("second of two"))) }

func Forged() {
	panic(&Multi{[]string{"broken", "", "goroutine 7 [running]:", "gopkg.example.dev/other.Fake(0x1)", "\t/src/other/o.go:7 +0x1d"}})
}
func Empty()  { panic("") }
func NL()     { panic("\n\nleading newlines") }
func NilP()   { panic(nil) }
func Struct() { panic(Named{1, "x"}) }
func Ptr()    { panic(&Named{1, "x"}) }
func KindP()  { panic(Kind("a\"b")) }
func FlagP()  { panic(Flag(true)) }
func CplxP()  { panic(Cplx(1 + 2i)) }
func EvilP()  { panic(Evil{}) }
func EvilN()  { panic(&EvilNil{}) }
func NilErr() { var e error; panic(e) }
func NilPtr() { var e *Multi; panic(e) }
