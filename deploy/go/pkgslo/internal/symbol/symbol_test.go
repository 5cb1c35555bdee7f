// SPDX-License-Identifier: Apache-2.0

package symbol

import (
	"strings"
	"testing"
)

func TestPackage(t *testing.T) {
	for _, c := range []struct{ symbol, path string }{
		{"example.com/acme/shop.v2/pkg/yaml%2ev3.(*Decoder).Decode", "example.com/acme/shop.v2/pkg/yaml.v3"},
		{"example.com/acme/shop.v2/pkg/yaml%2ev3.(*Set[...]).Add", "example.com/acme/shop.v2/pkg/yaml.v3"},
		{"a.io/b.Map[go.shape.string,a.io/c/d.Order]", "a.io/b"},
		{"main.main.func4.1", "main"},
		{"main.glob..func1", "main"},
		{"net/http.(*conn).serve", "net/http"},
		{"oldapp/vendor/gopkg.in/yaml%2ev2.Boom", "gopkg.in/yaml.v2"},
		{"vendor/golang.org/x/net/http2/hpack.init", "vendor/golang.org/x/net/http2/hpack"},
		{"a.io/na%c3%afve.F", "a.io/naïve"},
		{"a.io/half%2.F", "a.io/half%2"},
		{"panic", ""},
		{"", ""},
		{"a.io/b", ""},
	} {
		if got := Package(c.symbol); got != c.path {
			t.Errorf("Package(%q) = %q, want %q", c.symbol, got, c.path)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, c := range []struct{ path, escaped string }{
		{"example.com/acme/shop.v2/pkg/yaml.v3", "example.com/acme/shop.v2/pkg/yaml%2ev3"},
		{"main", "main"},
		{`a.io/x"y%z`, "a.io/x%22y%25z"},
		{"a.io/naïve", "a.io/na%c3%afve"},
	} {
		if got := Escape(c.path); got != c.escaped {
			t.Errorf("Escape(%q) = %q, want %q", c.path, got, c.escaped)
		}
	}
}

func TestMethodAndFunction(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Method("a.io/b.v1", "Server", "ServeHTTP", true), "a.io/b%2ev1.(*Server).ServeHTTP"},
		{Method("a.io/b", "Set[a.io/c.D]", "Add", false), "a.io/b.Set[...].Add"},
		{Function("a.io/b.v1", "GET /cart"), "a.io/b%2ev1.GET__cart"},
		{Function("a.io/b", ""), "a.io/b._"},
		{Function("a.io/b", "2fa→ok"), "a.io/b._2fa_ok"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestStdAndWithin(t *testing.T) {
	for path, want := range map[string]bool{"net/http": true, "runtime": true, "myapp/internal/x": false, "main": false} {
		if Std(path) != want {
			t.Errorf("Std(%q) = %v", path, !want)
		}
	}
	for _, c := range []struct {
		path, prefix string
		want         bool
	}{
		{"gorm.io/gorm", "gorm.io/", true}, {"gorm.io", "gorm.io", true},
		{"gorm.iox/gorm", "gorm.io", false}, {"gorm.io", "", false},
	} {
		if Within(c.path, c.prefix) != c.want {
			t.Errorf("Within(%q, %q) = %v", c.path, c.prefix, !c.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("example.com/a.v2/yaml.v3")
	f.Add("a%2e/%")
	f.Fuzz(func(t *testing.T, path string) {
		if got := Unescape(Escape(path)); got != path {
			t.Fatalf("%q came back as %q", path, got)
		}
		if strings.ContainsAny(path, "[") || strings.Contains(path, "/vendor/") {
			return // no import path holds the one, and the other is cut off on purpose
		}
		if got := Package(Function(path, "op")); got != path {
			t.Fatalf("the function of %q is read as one of %q", path, got)
		}
	})
}
