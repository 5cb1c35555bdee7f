// SPDX-License-Identifier: Apache-2.0

package httpslo

import (
	"net/http"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// knownMethods are those that the semantic conventions let stand; clients may send any word.
var knownMethods = map[string]bool{
	http.MethodConnect: true, http.MethodDelete: true, http.MethodGet: true, http.MethodHead: true,
	http.MethodOptions: true, http.MethodPatch: true, http.MethodPost: true, http.MethodPut: true,
	http.MethodTrace: true,
}

// routeOf cuts method and host off a mux's pattern "[METHOD ][HOST]/[PATH]".
func routeOf(pattern string) string {
	if i := strings.IndexByte(pattern, '/'); i >= 0 {
		return pattern[i:]
	}
	return ""
}

// spanName is "{method} {route}"; never the path, whose values nobody bounds.
func spanName(method, route string) string {
	if !knownMethods[method] {
		method = "HTTP"
	}
	if route == "" {
		return method
	}
	return method + " " + route
}

func requestAttributes(r *http.Request, route string) []attribute.KeyValue {
	method := r.Method
	attributes := make([]attribute.KeyValue, 0, 6)
	if !knownMethods[method] {
		attributes = append(attributes, attribute.String("http.request.method_original", method))
		method = "_OTHER"
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	attributes = append(attributes,
		attribute.String("http.request.method", method),
		attribute.String("url.scheme", scheme),
		attribute.String("url.path", r.URL.Path),
		attribute.String("network.protocol.version", strings.TrimPrefix(r.Proto, "HTTP/")))
	if route != "" {
		attributes = append(attributes, attribute.String("http.route", route))
	}
	return attributes
}
