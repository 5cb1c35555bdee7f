package main

import (
	"net/http"
	"net/http/httptest"
	"os"

	"example.com/acme/mw/pay"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/labstack/echo/v4"
	em "github.com/labstack/echo/v4/middleware"
	"github.com/sourcegraph/conc"
	"go.uber.org/zap"
	"golang.org/x/sync/singleflight"
	"k8s.io/apimachinery/pkg/util/runtime"
)

func main() {
	get := func(h http.Handler) { h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/x", nil)) }
	switch os.Args[1] {
	case "gin", "gindebug":
		if os.Args[1] == "gin" { gin.SetMode(gin.ReleaseMode) }
		r := gin.New(); r.Use(gin.Recovery()); r.GET("/x", func(c *gin.Context) { pay.Charge(nil) }); get(r)
	case "chi":
		r := chi.NewRouter(); r.Use(middleware.Recoverer); r.Get("/x", func(w http.ResponseWriter, r *http.Request) { pay.Charge(nil) }); get(r)
	case "echo":
		e := echo.New(); e.Use(em.Recover()); e.GET("/x", func(c echo.Context) error { pay.Charge(nil); return nil }); get(e)
	case "conc":
		var wg conc.WaitGroup; wg.Go(func() { pay.Charge(nil) }); wg.Wait()
	case "single":
		var g singleflight.Group; g.Do("k", func() (any, error) { pay.Charge(nil); return nil, nil })
	case "singlechan":
		var g singleflight.Group; <-g.DoChan("k", func() (any, error) { pay.Charge(nil); return nil, nil })
	case "zap":
		l, _ := zap.NewProduction(); defer func() { r := recover(); l.Error("recovered", zap.Any("panic", r)) }(); pay.Charge(nil)
	case "zapdev":
		l, _ := zap.NewDevelopment(); defer func() { r := recover(); l.Error("recovered", zap.Any("panic", r)) }(); pay.Charge(nil)
	case "zappanic":
		l, _ := zap.NewProduction(); l.Panic("zap panics")
	case "k8s":
		func() { defer runtime.HandleCrash(); pay.Charge(nil) }()
	}
}
