// SPDX-License-Identifier: Apache-2.0

// Package session remembers who a visitor is and where orders are delivered to.
package session

import (
	"context"
	"hash/fnv"
	"sync"
	"time"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/shop/internal/platform/source"
)

const idle = 10 * time.Minute

// The service's tracer and logger: which package a span or a record is of is told by
// code.function.name alone.
var (
	tracer = otel.Tracer("storefront")
	logger = otelslog.NewLogger("storefront", otelslog.WithSource(true))
)

// Session is one visitor.
type Session struct {
	Country string
	Visits  int
	seen    time.Time
}

// Store holds the sessions of the last minutes.
type Store struct {
	mu       sync.Mutex
	sessions map[string]*Session
	now      func() time.Time
}

// NewStore is empty.
func NewStore() *Store { return &Store{sessions: map[string]*Session{}, now: time.Now} }

// Load returns the visitor's session, a new one if there is none.
func (s *Store) Load(ctx context.Context, visitor string) Session {
	ctx, span := tracer.Start(ctx, "load session", source.Here())
	defer span.End()
	s.mu.Lock()
	defer s.mu.Unlock()
	session, known := s.sessions[visitor]
	if !known {
		session = &Session{Country: countryOf(visitor)}
		s.sessions[visitor] = session
		logger.DebugContext(ctx, "new session", "country", session.Country)
	}
	session.Visits++
	session.seen = s.now()
	span.SetAttributes(attribute.Bool("session.new", !known))
	return *session
}

// Expire drops idle sessions in intervals until ctx ends, outside of any span.
func (s *Store) Expire(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			dropped, held := s.expire()
			logger.InfoContext(ctx, "sessions expired", "dropped", dropped, "held", held)
		}
	}
}

func (s *Store) expire() (dropped, held int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for visitor, session := range s.sessions {
		if s.now().Sub(session.seen) > idle {
			delete(s.sessions, visitor)
			dropped++
		}
	}
	return dropped, len(s.sessions)
}

// countryOf stands for the lookup of an address: the same visitor always comes from one country.
func countryOf(visitor string) string {
	countries := []string{"DE", "DE", "DE", "DE", "AT", "FR", "NL", "CH", "GB", "SE", "PL", "US"}
	h := fnv.New32a()
	h.Write([]byte(visitor))
	return countries[h.Sum32()%uint32(len(countries))]
}
