package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/go-logr/logr"
	"github.com/go-logr/zapr"
	"go.uber.org/zap"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/util/workqueue"
	"k8s.io/klog/v2"
	"k8s.io/klog/v2/textlogger"
	controllerruntime "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/log"
	ctrlzap "sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"
)

type desks struct{ calls atomic.Int32 }

// Reconcile panics when it is first called.
func (d *desks) Reconcile(context.Context, reconcile.Request) (reconcile.Result, error) {
	if d.calls.Add(1) == 1 {
		post()
	}
	return reconcile.Result{}, nil
}

// reconcileOnce runs a controller until its reconciler has been called.
func reconcileOnce(recoverPanic, development bool) {
	log.SetLogger(ctrlzap.New(ctrlzap.UseDevMode(development)))
	c, err := controller.NewTypedUnmanaged("desk", controller.TypedOptions[reconcile.Request]{
		Reconciler:   &desks{},
		RecoverPanic: &recoverPanic,
		LogConstructor: func(*reconcile.Request) logr.Logger {
			return log.Log.WithValues("controller", "desk")
		},
	})
	if err != nil {
		panic(err)
	}
	if err := c.Watch(source.Func(func(_ context.Context, q workqueue.TypedRateLimitingInterface[reconcile.Request]) error {
		q.Add(reconcile.Request{})
		return nil
	})); err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	_ = c.Start(ctx)
}

// caught keeps the process alive behind a handler that panics again.
func caught(f func()) {
	defer func() { _ = recover() }()
	f()
}

func init() {
	add(map[string]func(){
		"reconcile":      func() { reconcileOnce(true, false) },
		"reconciledev":   func() { reconcileOnce(true, true) },
		"reconcilecrash": func() { reconcileOnce(false, false) },
		"handlecrash": func() {
			caught(func() { defer utilruntime.HandleCrash(); post() })
			klog.Flush()
		},
		"handlecrashon": func() {
			utilruntime.ReallyCrash = false
			func() { defer utilruntime.HandleCrash(); sum() }()
			klog.Flush()
		},
		"handlecrashjson": func() {
			z := zap.Must(zap.NewProduction())
			ctx := klog.NewContext(context.Background(), zapr.NewLogger(z))
			caught(func() { defer utilruntime.HandleCrashWithContext(ctx); post() })
		},
		"handlecrashlogger": func() {
			ctx := klog.NewContext(context.Background(), textlogger.NewLogger(textlogger.NewConfig(textlogger.Output(os.Stderr))))
			caught(func() { defer utilruntime.HandleCrashWithLogger(klog.FromContext(ctx)); sum() })
		},
		"until": func() {
			wait.Until(func() { defer utilruntime.HandleCrash(); post() }, time.Second, make(chan struct{}))
		},
		"klogerror": func() {
			klog.InitFlags(flag.NewFlagSet("", flag.PanicOnError))
			klog.ErrorS(errors.New("panic: not ours"), "Sync failed", "key", "ns/desk")
			klog.Flush()
		},
		"klogfatal": func() { klog.Fatal("ledger is not there") },
		"ctrlerror": func() {
			log.SetLogger(ctrlzap.New())
			controllerruntime.Log.Error(fmt.Errorf("no desk"), "Reconciler error", "controller", "desk")
		},
	})
}
