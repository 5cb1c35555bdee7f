// SPDX-License-Identifier: Apache-2.0

package pkgslo

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"

	"github.com/pkgslo/pkgslo-go/internal/caller"
	"github.com/pkgslo/pkgslo-go/internal/symbol"
)

var processInits InitRecorder

// InitStart notes that the calling package's initialisation begins. Put it in a package variable
// that is declared first, in the file whose name sorts first, and call Done in the last init:
//
//	var initialising = pkgslo.InitStart()
//
//	func init() { initialising.Done() }
//
// Imported packages are initialised before and do not count. Package variables are initialised in
// the order of their declarations unless one refers to another, files in the order in which the go
// command names them, and init functions after all variables.
func InitStart() *Init { return processInits.start(caller.At(1)) }

// EmitInits makes spans of all initialisations that are done and were not emitted before, and
// returns their number. A nil provider means the global one. Call it once the provider is set up.
//
// The spans "init <import path>" are children of one root span "process.init", which belongs to
// this module. They are subject to the provider's sampler; a program that samples gives EmitInits a
// provider that keeps all, as each initialisation happens only once.
func EmitInits(ctx context.Context, provider trace.TracerProvider) int {
	return processInits.Emit(ctx, provider)
}

// InitRecorder collects the times of initialisations until they can be emitted. The zero value is
// ready. Its size is bounded by the number of packages in the program.
type InitRecorder struct {
	mu      sync.Mutex
	done    map[string]initTimes // by import path as in symbols; not yet emitted
	emitted map[string]bool
}

// Init is an initialisation that has begun.
type Init struct {
	recorder *InitRecorder
	at       caller.Frame
	begin    time.Time
}

type initTimes struct {
	begin, end time.Time
	file       string // for main only
}

// Start is [InitStart] for this recorder.
func (r *InitRecorder) Start() *Init { return r.start(caller.At(1)) }

func (r *InitRecorder) start(at caller.Frame) *Init {
	return &Init{recorder: r, at: at, begin: time.Now()}
}

// Done notes that the initialisation is complete. When a package has several, or calls Done again,
// the earliest beginning and the latest end count. After the package was emitted Done does nothing,
// because a package is initialised once per process. A nil Init is ignored.
func (i *Init) Done() {
	if i == nil || i.at.Package == "" {
		return
	}
	end := i.begin.Add(time.Since(i.begin)) // by the monotonic clock: the wall clock may be set at boot
	i.recorder.add(i.at, initTimes{begin: i.begin, end: end})
}

func (r *InitRecorder) add(at caller.Frame, t initTimes) {
	if at.Package == symbol.Main {
		t.file = at.File
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.emitted[at.Package] {
		return
	}
	if r.done == nil {
		r.done = make(map[string]initTimes)
	}
	if before, ok := r.done[at.Package]; ok {
		t = before.union(t)
	}
	r.done[at.Package] = t
}

func (t initTimes) union(o initTimes) initTimes {
	if o.begin.Before(t.begin) {
		t.begin = o.begin
	}
	if o.end.After(t.end) {
		t.end = o.end
	}
	return t
}

// Emit is [EmitInits] for this recorder.
func (r *InitRecorder) Emit(ctx context.Context, provider trace.TracerProvider) int {
	inits := r.take()
	if len(inits) == 0 {
		return 0
	}
	if provider == nil {
		provider = otel.GetTracerProvider()
	}
	paths, whole := sorted(inits)
	root := &Package{path: ownPath, scope: ownPath}
	ctx, process := root.With(provider).start(ctx, symbol.Function(ownPath, "EmitInits"), "process.init",
		[]trace.SpanStartOption{trace.WithNewRoot(), trace.WithTimestamp(whole.begin)})
	for _, path := range paths {
		emit(ctx, provider, path, inits[path])
	}
	process.End(trace.WithTimestamp(whole.end))
	return len(paths)
}

// take hands over what is to be emitted now.
func (r *InitRecorder) take() map[string]initTimes {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.emitted == nil {
		r.emitted = make(map[string]bool)
	}
	for path := range r.done {
		r.emitted[path] = true
	}
	inits := r.done
	r.done = nil
	return inits
}

const ownPath = "github.com/pkgslo/pkgslo-go"

func emit(ctx context.Context, provider trace.TracerProvider, path string, t initTimes) {
	p := &Package{path: path, scope: scopeName(path, readBuild()), file: t.file}
	_, s := p.With(provider).start(ctx, symbol.Escape(path)+".init", "init "+p.scope,
		[]trace.SpanStartOption{trace.WithTimestamp(t.begin)})
	s.End(trace.WithTimestamp(t.end))
}

// sorted returns the import paths in the order in which their initialisation began, and the time
// from the first beginning to the last end.
func sorted(inits map[string]initTimes) ([]string, initTimes) {
	var whole initTimes
	paths := make([]string, 0, len(inits))
	for path, t := range inits {
		if len(paths) == 0 {
			whole = t
		}
		whole = whole.union(t)
		paths = append(paths, path)
	}
	slices.SortFunc(paths, func(a, b string) int {
		if c := inits[a].begin.Compare(inits[b].begin); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return paths, whole
}
