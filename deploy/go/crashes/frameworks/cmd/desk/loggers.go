package main

import (
	"fmt"
	"log"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/rs/zerolog"
	"github.com/rs/zerolog/pkgerrors"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	perr "github.com/pkg/errors"

	"fw.example.org/desk/v3/internal/recovery"
)

func init() {
	add(map[string]func(){
		"zap": func() {
			l := zap.Must(zap.NewProduction())
			recovery.Do(post, func(v any) { l.Error("recovered from panic", zap.Any("panic", v)) })
		},
		"zapsugar": func() {
			l := zap.Must(zap.NewProduction()).Sugar().Named("desk")
			recovery.Do(sum, func(v any) { l.Errorw("handler panicked", "error", v, "path", "/post") })
		},
		"zapstack": func() {
			l := zap.Must(zap.NewProduction(zap.AddStacktrace(zapcore.FatalLevel)))
			recovery.Do(post, func(v any) { l.Error(fmt.Sprint(v), zap.ByteString("stacktrace", debug.Stack())) })
		},
		"zapconsole": func() {
			l := zap.Must(zap.NewDevelopment())
			recovery.Do(post, func(v any) { l.Warn("recovered", zap.Any("value", v)) })
		},
		"zappanic":  func() { zap.Must(zap.NewProduction()).Panic("no ledger", zap.String("desk", "3")) },
		"zapdpanic": func() { zap.Must(zap.NewProduction()).DPanic("no ledger") },
		"zapdev":    func() { zap.Must(zap.NewDevelopment()).DPanic("no ledger") },
		"zerolog": func() {
			l := zerolog.New(os.Stderr).With().Timestamp().Caller().Logger()
			recovery.Do(post, func(v any) { l.Error().Interface("panic", v).Bytes("stack", debug.Stack()).Msg("recovered") })
		},
		"zerologerr": func() {
			zerolog.ErrorStackMarshaler = pkgerrors.MarshalStack
			l := zerolog.New(os.Stderr).With().Timestamp().Logger()
			recovery.Do(sum, func(v any) { l.Error().Stack().Err(perr.WithStack(v.(error))).Msg("recovered from panic") })
		},
		"zerologconsole": func() {
			l := zerolog.New(zerolog.ConsoleWriter{Out: os.Stderr, NoColor: true}).With().Timestamp().Logger()
			recovery.Do(sum, func(v any) { l.Error().Str("stack", string(debug.Stack())).Msgf("panic: %v", v) })
		},
		"zerologpanic": func() {
			l := zerolog.New(os.Stderr)
			l.Panic().Int("desk", 3).Msg("no ledger")
		},
		"logrus": func() {
			l := logrus.New()
			recovery.Do(post, func(v any) { l.WithField("stack", string(debug.Stack())).Errorf("panic: %v", v) })
		},
		"logrusjson": func() {
			l := logrus.New()
			l.SetFormatter(&logrus.JSONFormatter{})
			l.SetReportCaller(true)
			recovery.Do(sum, func(v any) {
				l.WithError(v.(error)).WithField("stacktrace", string(debug.Stack())).Error("recovered")
			})
		},
		"logruspanic": func() {
			l := logrus.New()
			l.SetFormatter(&logrus.JSONFormatter{})
			l.WithField("desk", 3).Panic("no ledger")
		},
		"slog": func() {
			l := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))
			recovery.Do(sum, func(v any) {
				l.Error("panic recovered", slog.Group("panic", "value", v, "stack", string(debug.Stack())))
			})
		},
		"slogtext": func() {
			l := slog.New(slog.NewTextHandler(os.Stderr, nil))
			recovery.Do(post, func(v any) { l.Error("panic recovered", "panic", v, "stack", string(debug.Stack())) })
		},
		"slogdefault": func() {
			recovery.Do(post, func(v any) { slog.Error("panic recovered", "panic", v, "stack", debug.Stack()) })
		},
		"stdlog": func() {
			recovery.Do(sum, func(v any) { log.Printf("recovered: %v\n%s", v, debug.Stack()) })
		},
		"stdlogpanic": func() {
			recovery.Do(post, func(v any) { log.Printf("panic: %v\n\n%s", v, debug.Stack()) })
		},
		"printstack": func() {
			recovery.Do(post, func(v any) { fmt.Fprintln(os.Stderr, "Recovered in desk:", v); debug.PrintStack() })
		},
		"nostack": func() {
			recovery.Do(post, func(v any) { log.Printf("recovered from panic: %v", v) })
		},
	})
}
