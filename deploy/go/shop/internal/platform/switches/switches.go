// SPDX-License-Identifier: Apache-2.0

// Package switches turns faults on, per process and so per service version.
//
// The environment variable SHOP_SWITCHES holds a comma-separated list of kind:package=value:
//
//	panic:pricing=0.08          8 % of the calls panic
//	error:payment=0.02          2 % of the calls fail
//	slow:warehouse=0.05@250ms   5 % of the calls take 250 ms longer
//	leak:orders=2               every call leaves 2 goroutines behind
//	init:catalog=150ms          the package's init takes 150 ms longer
//	crash-init:tax              the package's init panics
//
// It is read when the package is initialised, because the init functions of other packages ask it.
// A fault is not simulated here: the switched package takes a path on which its own code fails.
package switches

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	kindPanic     = "panic"
	kindError     = "error"
	kindSlow      = "slow"
	kindLeak      = "leak"
	kindInit      = "init"
	kindCrashInit = "crash-init"
)

// supported names the packages that have a path for each kind of fault.
var supported = map[string][]string{
	kindPanic:     {"pricing", "promo", "payment", "recommend", "stock"},
	kindError:     {"payment", "recommend", "stock"},
	kindSlow:      {"payment", "catalog", "warehouse"},
	kindLeak:      {"orders"},
	kindInit:      {"catalog", "tax", "stock"},
	kindCrashInit: {"tax"},
}

type rule struct {
	probability float64
	delay       time.Duration
	count       int
}

// Set is a parsed list of switches. The zero value has everything off.
type Set map[string]rule

var current, parseError = Parse(os.Getenv("SHOP_SWITCHES"))

// Check tells what is wrong with SHOP_SWITCHES; main calls it before it serves.
func Check() error { return parseError }

// Parse reads a list as the package comment describes it and reports all its mistakes.
func Parse(list string) (Set, error) {
	set := Set{}
	var problems []error
	for _, entry := range strings.Split(list, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		name, r, err := parseEntry(entry)
		if err != nil {
			problems = append(problems, fmt.Errorf("SHOP_SWITCHES: %q: %w", entry, err))
			continue
		}
		set[name] = r
	}
	return set, errors.Join(problems...)
}

func parseEntry(entry string) (string, rule, error) {
	name, value, _ := strings.Cut(entry, "=")
	kind, pkg, _ := strings.Cut(name, ":")
	if !slices.Contains(supported[kind], pkg) {
		return "", rule{}, fmt.Errorf("no such switch, expected one of %v", supported)
	}
	var r rule
	var err error
	switch kind {
	case kindPanic, kindError:
		r.probability, err = parseProbability(value)
	case kindSlow:
		share, delay, _ := strings.Cut(value, "@")
		if r.probability, err = parseProbability(share); err == nil {
			r.delay, err = time.ParseDuration(delay)
		}
	case kindLeak:
		r.count, err = strconv.Atoi(value)
	case kindInit:
		r.delay, err = time.ParseDuration(value)
	case kindCrashInit:
		r.probability = 1
	}
	return name, r, err
}

func parseProbability(value string) (float64, error) {
	p, err := strconv.ParseFloat(value, 64)
	if err != nil || !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("expected a probability from 0 to 1, got %q", value)
	}
	return p, nil
}

// Panics says whether this call of a package should take the path that panics.
func Panics(pkg string) bool { return current.hits(kindPanic, pkg) }

// Fails says whether this call of a package should fail.
func Fails(pkg string) bool { return current.hits(kindError, pkg) }

// CrashesAtInit says whether the package's init should panic.
func CrashesAtInit(pkg string) bool { return current.hits(kindCrashInit, pkg) }

// Leaks is the number of goroutines that this call of a package should leave behind.
func Leaks(pkg string) int { return current[kindLeak+":"+pkg].count }

// SlowInit waits as long as the package's init should take longer.
func SlowInit(pkg string) { time.Sleep(current[kindInit+":"+pkg].delay) }

// Slow waits as long as this call of a package should take longer, or until the caller gives up.
func Slow(ctx context.Context, pkg string) error {
	if !current.hits(kindSlow, pkg) {
		return nil
	}
	timer := time.NewTimer(current[kindSlow+":"+pkg].delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s Set) hits(kind, pkg string) bool {
	p := s[kind+":"+pkg].probability
	return p > 0 && rand.Float64() < p
}
