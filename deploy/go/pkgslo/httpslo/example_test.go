// SPDX-License-Identifier: Apache-2.0

package httpslo_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/pkgslo/pkgslo-go/httpslo"
	"github.com/pkgslo/pkgslo-go/propagate"
)

func ExampleHandler() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /cart/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "cart ", r.PathValue("id"))
	})
	server := httpslo.Handler(mux, httpslo.WithPropagator(propagate.Auto()))

	w := httptest.NewRecorder()
	server.ServeHTTP(w, httptest.NewRequest("GET", "/cart/7", nil))
	fmt.Println(w.Body)
	// Output: cart 7
}
