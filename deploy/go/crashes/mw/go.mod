module example.com/acme/mw

go 1.26.0

require (
	github.com/gin-gonic/gin v1.12.0
	github.com/go-chi/chi/v5 v5.5.0
	github.com/labstack/echo/v4 v4.16.0
	github.com/sourcegraph/conc v0.3.0
	go.uber.org/zap v1.28.0
	golang.org/x/sync v0.24.0
	k8s.io/apimachinery v0.37.2
)
