// SPDX-License-Identifier: Apache-2.0

// Package split divides requests between the two arms of a rollout. It is the load balancer of the
// recordings: without telemetry, so that it leaves no trace in them.
package split

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strconv"
	"sync/atomic"
)

// Splitter sends a share of the requests to the canary's processes, by counting, not by chance, so
// that the share is exact. Within an arm the processes take turns.
type Splitter struct {
	baseline, canary arm
	// percent of the requests that go to the canary; 0 while there is none.
	percent  atomic.Int64
	received atomic.Int64
}

type arm struct {
	processes []http.Handler
	sent      atomic.Int64
}

// New starts with everything at the baseline.
func New(baseline, canary []string) (*Splitter, error) {
	s := &Splitter{}
	for _, side := range []struct {
		arm  *arm
		urls []string
	}{{&s.baseline, baseline}, {&s.canary, canary}} {
		for _, text := range side.urls {
			target, err := url.Parse(text)
			if err != nil || target.Host == "" {
				return nil, fmt.Errorf("split: expected a base URL, got %q", text)
			}
			side.arm.processes = append(side.arm.processes, proxy(target))
		}
	}
	if len(s.baseline.processes) == 0 {
		return nil, fmt.Errorf("split: no process at the baseline")
	}
	return s, nil
}

func proxy(target *url.URL) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			log.Printf("split: %s%s: %v", target, r.URL.Path, err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
}

// ServeHTTP passes a request on.
func (s *Splitter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, percent := s.received.Add(1)-1, s.percent.Load()
	chosen := &s.baseline
	// Spreads the canary's share evenly: every 10th request at 10 %, not 10 of each 100 in a row.
	if (n+1)*percent/100 > n*percent/100 {
		chosen = &s.canary
	}
	turn := chosen.sent.Add(1) - 1
	chosen.processes[turn%int64(len(chosen.processes))].ServeHTTP(w, r)
}

// Control answers PUT /canary/{percent}, which sets the canary's share.
func (s *Splitter) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /canary/{percent}", func(w http.ResponseWriter, r *http.Request) {
		percent, err := strconv.Atoi(r.PathValue("percent"))
		if err != nil || percent < 0 || percent > 100 || percent > 0 && len(s.canary.processes) == 0 {
			http.Error(w, "expected 0 to 100, and above 0 a canary", http.StatusBadRequest)
			return
		}
		s.percent.Store(int64(percent))
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
