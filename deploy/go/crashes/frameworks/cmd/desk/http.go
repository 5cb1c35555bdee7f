package main

import (
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	chimiddleware "github.com/go-chi/chi/v5/middleware"
	"github.com/gofiber/fiber/v2"
	fiberlogger "github.com/gofiber/fiber/v2/middleware/logger"
	fiberrecover "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/gorilla/handlers"
	"github.com/labstack/echo/v4"
	echomiddleware "github.com/labstack/echo/v4/middleware"
	"github.com/urfave/negroni/v3"
)

func serve(h http.Handler) {
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/post", nil))
}

func handler(http.ResponseWriter, *http.Request) { post() }

func serveFiber(app *fiber.App) {
	app.Get("/post", func(*fiber.Ctx) error { post(); return nil })
	if _, err := app.Test(httptest.NewRequest("GET", "/post", nil), -1); err != nil {
		log.Print(err)
	}
}

func init() {
	add(map[string]func(){
		"gin": func() {
			gin.SetMode(gin.ReleaseMode)
			r := gin.New()
			r.Use(gin.Recovery())
			r.GET("/post", func(*gin.Context) { post() })
			serve(r)
		},
		"gindebug": func() {
			gin.DefaultWriter = os.Stderr
			r := gin.Default()
			r.GET("/post", func(*gin.Context) { sum() })
			serve(r)
		},
		"gincustom": func() {
			gin.SetMode(gin.ReleaseMode)
			r := gin.New()
			r.Use(gin.CustomRecovery(func(c *gin.Context, value any) { c.AbortWithStatus(503) }))
			r.GET("/post", func(*gin.Context) { sum() })
			serve(r)
		},
		"ginabort": func() {
			gin.SetMode(gin.ReleaseMode)
			r := gin.New()
			r.Use(gin.Recovery())
			r.GET("/post", func(*gin.Context) { panic(http.ErrAbortHandler) })
			serve(r)
		},
		"chi": func() {
			r := chi.NewRouter()
			r.Use(chimiddleware.Recoverer)
			r.Get("/post", handler)
			serve(r)
		},
		"chilogger": func() {
			r := chi.NewRouter()
			r.Use(chimiddleware.Logger, chimiddleware.Recoverer)
			r.Get("/post", func(http.ResponseWriter, *http.Request) { sum() })
			serve(r)
		},
		"echo": func() {
			e := echo.New()
			e.Use(echomiddleware.Recover())
			e.GET("/post", func(echo.Context) error { post(); return nil })
			serve(e)
		},
		"echoone": func() {
			e := echo.New()
			e.Use(echomiddleware.RecoverWithConfig(echomiddleware.RecoverConfig{DisableStackAll: true, StackSize: 4 << 10}))
			e.GET("/post", func(echo.Context) error { sum(); return nil })
			serve(e)
		},
		"echoslog": func() {
			l := slog.New(slog.NewJSONHandler(os.Stderr, nil))
			e := echo.New()
			e.Use(echomiddleware.RecoverWithConfig(echomiddleware.RecoverConfig{
				LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
					l.Error("recovered", "error", err, "stack", string(stack))
					return err
				},
			}))
			e.GET("/post", func(echo.Context) error { post(); return nil })
			serve(e)
		},
		"fiber": func() {
			app := fiber.New(fiber.Config{DisableStartupMessage: true})
			app.Use(fiberrecover.New(fiberrecover.Config{EnableStackTrace: true}))
			serveFiber(app)
		},
		"fiberlogger": func() {
			app := fiber.New(fiber.Config{DisableStartupMessage: true})
			app.Use(fiberlogger.New(fiberlogger.Config{Output: os.Stderr}), fiberrecover.New())
			serveFiber(app)
		},
		"negroni": func() {
			n := negroni.New(negroni.NewRecovery())
			n.UseHandlerFunc(handler)
			serve(n)
		},
		"negroniclassic": func() {
			n := negroni.Classic()
			n.UseHandlerFunc(func(http.ResponseWriter, *http.Request) { sum() })
			serve(n)
		},
		"gorilla": func() {
			serve(handlers.RecoveryHandler(handlers.PrintRecoveryStack(true))(http.HandlerFunc(handler)))
		},
		"gorillashort": func() {
			serve(handlers.RecoveryHandler()(http.HandlerFunc(handler)))
		},
		"http": func() {
			s := httptest.NewServer(http.HandlerFunc(handler))
			_, err := http.Get(s.URL)
			log.Print(err)
			s.Close()
		},
		"http2": func() {
			s := httptest.NewUnstartedServer(http.HandlerFunc(handler))
			s.EnableHTTP2 = true
			s.StartTLS()
			_, err := s.Client().Get(s.URL)
			time.Sleep(100 * time.Millisecond) // the client learns of it before the log does
			log.Print(err)
			s.Close()
		},
	})
}
