package jobs_test

import (
	"testing"

	"racy.example.com/app/jobs"
)

func helper() { jobs.Arith(nil) }

func TestExternal(t *testing.T) { helper() }
