package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"time"

	kitlog "github.com/go-kit/log"
	"github.com/go-logr/logr"
	"github.com/go-logr/logr/funcr"
	"github.com/gofiber/fiber/v2"
	frecover "github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/gorilla/handlers"
	"github.com/julienschmidt/httprouter"
	perr "github.com/pkg/errors"
	"github.com/rs/zerolog"
	"github.com/rs/zerolog/pkgerrors"
	"github.com/sirupsen/logrus"
	"github.com/urfave/negroni/v3"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"

	"example.org/logs/worker"
)

func boom() { (&worker.Job{}).Run() }

func recovered(f func(r any)) {
	defer func() { f(recover()) }()
	boom()
}

func serve(h http.Handler) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
	log.Print("status ", w.Code)
}

var cases = map[string]func(){
	"slogjson": func() {
		l := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))
		recovered(func(r any) { l.Error("job failed", "panic", r, "stack", string(debug.Stack())) })
	},
	"slogtext": func() {
		l := slog.New(slog.NewTextHandler(os.Stderr, nil))
		recovered(func(r any) { l.Error("job failed", "err", fmt.Sprint(r), "stack", string(debug.Stack())) })
	},
	"slogbytes": func() {
		l := slog.New(slog.NewJSONHandler(os.Stderr, nil))
		recovered(func(r any) { l.Error("job failed", "err", fmt.Errorf("%v", r), "stack", debug.Stack()) })
	},
	"slogserver": func() {
		h := slog.NewJSONHandler(os.Stderr, nil)
		srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { boom() }))
		srv.Config.ErrorLog = slog.NewLogLogger(h, slog.LevelError)
		srv.Start()
		http.Get(srv.URL)
		srv.Close()
	},
	"zapserver": func() {
		z, _ := zap.NewProduction()
		el, _ := zap.NewStdLogAt(z, zap.ErrorLevel)
		srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { boom() }))
		srv.Config.ErrorLog = el
		srv.Start()
		http.Get(srv.URL)
		srv.Close()
	},
	"abort": func() {
		srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
		http.Get(srv.URL)
		srv.Close()
		log.Print("done")
	},
	"zaprec": func() {
		z, _ := zap.NewProduction()
		recovered(func(r any) { z.Named("jobs").Error("recovered from panic", zap.Any("panic", r), zap.Stack("stack")) })
	},
	"zapdev": func() {
		z, _ := zap.NewDevelopment()
		recovered(func(r any) { z.Sugar().Errorw("recovered", "panic", r) })
	},
	"zappanic":  func() { z, _ := zap.NewProduction(); worker.Do(func() { z.Panic("giving up", zap.Int("n", 3)) }) },
	"zapdpanic": func() { z, _ := zap.NewProduction(); worker.Do(func() { z.DPanic("should not be", zap.Int("n", 3)) }) },
	"zapfatal":  func() { z, _ := zap.NewProduction(); worker.Do(func() { z.Fatal("exits") }) },
	"zaperr":    func() { z, _ := zap.NewProduction(); z.Error("plain error with stack", zap.Error(worker.Fail())) },
	"zerolog": func() {
		zerolog.ErrorStackMarshaler = pkgerrors.MarshalStack
		l := zerolog.New(os.Stderr).With().Timestamp().Caller().Logger()
		recovered(func(r any) { l.Error().Interface("panic", r).Bytes("stack", debug.Stack()).Msg("recovered") })
	},
	"zerologerr": func() {
		zerolog.ErrorStackMarshaler = pkgerrors.MarshalStack
		l := zerolog.New(os.Stderr).With().Timestamp().Logger()
		l.Error().Stack().Err(worker.Fail()).Msg("not a panic")
	},
	"zerologpanic": func() {
		l := zerolog.New(os.Stderr).With().Timestamp().Logger()
		worker.Do(func() { l.Panic().Str("k", "v").Msg("zerolog gives up") })
	},
	"zeroconsole": func() {
		l := zerolog.New(zerolog.ConsoleWriter{Out: os.Stderr}).With().Timestamp().Caller().Logger()
		recovered(func(r any) { l.Error().Interface("panic", r).Str("stack", string(debug.Stack())).Msg("recovered") })
	},
	"logrus": func() {
		l := logrus.New()
		l.SetReportCaller(true)
		recovered(func(r any) { l.WithField("panic", r).WithField("stack", string(debug.Stack())).Error("recovered") })
	},
	"logrusjson": func() {
		l := logrus.New()
		l.SetFormatter(&logrus.JSONFormatter{})
		recovered(func(r any) { l.WithError(fmt.Errorf("panic: %v\n%s", r, debug.Stack())).Error("recovered") })
	},
	"logruspanic": func() {
		l := logrus.New()
		l.SetFormatter(&logrus.JSONFormatter{})
		worker.Do(func() { l.WithField("a", 1).Panic("logrus gives up") })
	},
	"klog": func() {
		recovered(func(r any) { klog.ErrorS(fmt.Errorf("%v", r), "Recovered", "stack", string(debug.Stack())) })
		klog.Flush()
	},
	"klogfatal": func() { worker.Do(func() { klog.Fatal("klog is fatal") }) },
	"handlecrash": func() {
		func() { defer func() { recover() }(); defer utilruntime.HandleCrash(); boom() }()
		klog.Flush()
	},
	"crashctx": func() { func() { defer utilruntime.HandleCrashWithContext(context.Background()); boom() }() },
	"funcr": func() {
		l := funcr.NewJSON(func(o string) { fmt.Fprintln(os.Stderr, o) }, funcr.Options{LogCaller: funcr.All})
		recovered(func(r any) { l.Error(fmt.Errorf("%v", r), "recovered", "stack", string(debug.Stack())) })
	},
	"logrslog": func() {
		l := logr.FromSlogHandler(slog.NewJSONHandler(os.Stderr, nil))
		recovered(func(r any) {
			l.WithName("ctl").Error(fmt.Errorf("panic: %v [recovered]", r), "Reconciler error", "controller", "pod")
		})
	},
	"kit": func() {
		l := kitlog.NewLogfmtLogger(os.Stderr)
		recovered(func(r any) { l.Log("level", "error", "msg", "panic recovered", "panic", r, "stack", debug.Stack()) })
	},
	"kitjson": func() {
		l := kitlog.NewJSONLogger(os.Stderr)
		recovered(func(r any) {
			l.Log("level", "error", "msg", "panic recovered", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		})
	},
	"errgroup": func() {
		var g errgroup.Group
		g.Go(func() error { boom(); return nil })
		fmt.Fprintln(os.Stderr, "wait:", g.Wait())
	},
	"perrpanic": func() { panic(worker.Fail()) },
	"perrfmt":   func() { panic(fmt.Sprintf("%+v", worker.Fail())) },
	"perrlog":   func() { log.Printf("request failed: %+v", worker.Fail()) },
	"perrlog2":  func() { log.Printf("request failed: %+v", perr.Wrap(errors.New("panic: not really"), "outer")) },
	"fiber": func() {
		app := fiber.New(fiber.Config{DisableStartupMessage: true})
		app.Use(frecover.New(frecover.Config{EnableStackTrace: true}))
		app.Get("/x", func(*fiber.Ctx) error { boom(); return nil })
		r, err := app.Test(httptest.NewRequest("GET", "/x", nil))
		log.Print(r.StatusCode, err)
	},
	"gorilla": func() {
		serve(handlers.RecoveryHandler(handlers.PrintRecoveryStack(true))(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { boom() })))
	},
	"negroni": func() {
		n := negroni.New(negroni.NewRecovery())
		n.UseHandlerFunc(func(http.ResponseWriter, *http.Request) { boom() })
		serve(n)
	},
	"httprouter": func() {
		r := httprouter.New()
		r.PanicHandler = func(w http.ResponseWriter, _ *http.Request, v any) {
			w.WriteHeader(500)
			slog.Error("handler panicked", "value", v, "stack", string(debug.Stack()))
		}
		r.GET("/x", func(http.ResponseWriter, *http.Request, httprouter.Params) { boom() })
		serve(r)
	},
	"timeout": func() {
		srv := httptest.NewServer(http.TimeoutHandler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { boom() }), time.Second, "late"))
		http.Get(srv.URL)
		srv.Close()
	},
}

func main() {
	if len(os.Args) > 1 {
		cases[os.Args[1]]()
		return
	}
	for n := range cases {
		fmt.Println(n)
	}
}
