// SPDX-License-Identifier: Apache-2.0

package summary

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Print writes the counts as tables.
func (s *Summary) Print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 2, 8, 2, ' ', 0)
	s.printHead(w)
	s.printProcesses(w)
	s.printScopes(w)
	s.printPanics(w)
	fmt.Fprintf(w, "\nmetric\tpoints\n")
	for _, name := range slices.Sorted(maps.Keys(s.metrics)) {
		fmt.Fprintf(w, "%s\t%d\n", name, s.metrics[name])
	}
	return w.Flush()
}

func (s *Summary) printHead(w io.Writer) {
	length := time.Duration(s.about.EndMillis-s.about.StartMillis) * time.Millisecond
	fmt.Fprintf(w, "%s: %s\n", s.about.Name, s.about.Description)
	fmt.Fprintf(w, "%d records in %s; expected: %+v\n", s.about.Records, length.Round(time.Second), s.about.Expected)
	fmt.Fprintf(w, "\ntopic\trecords\twith key\tbytes\titems\n")
	for _, topic := range s.about.Topics {
		count := entry(s.topics, topic.Name)
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", topic.Name, count.records, count.keyed, count.bytes, count.items)
	}
}

func (s *Summary) printProcesses(w io.Writer) {
	fmt.Fprintf(w, "\nservice\tversion\tinstance\tspans\tlogs\tof them stacks\tstderr lines\tof them inits\tof them panics\tpoints\tpanics of spans by minute\n")
	keys := slices.SortedFunc(maps.Keys(s.processes), func(a, b process) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	minutes := (s.about.EndMillis-s.about.StartMillis)/60_000 + 1
	for _, p := range keys {
		c := s.processes[p]
		var byMinute []string
		for minute := range minutes {
			byMinute = append(byMinute, fmt.Sprint(c.minutes[minute]))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", p.service, p.version, p.instance,
			c.spans, c.logs, c.stacks, c.stderr, c.inits, c.crashes, c.points, strings.Join(byMinute, " "))
	}
}

func (s *Summary) printScopes(w io.Writer) {
	fmt.Fprintf(w, "\nservice\tversion\tscope\tcode.function.name\tspans\terrors\texceptions\n")
	keys := slices.SortedFunc(maps.Keys(s.scopes), func(a, b scope) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, key := range keys {
		c := s.scopes[key]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t%d\n", key.service, key.version, key.name, key.function, c.spans, c.errors, c.exceptions)
	}
}

func (s *Summary) printPanics(w io.Writer) {
	fmt.Fprintf(w, "\npanics by innermost span: service\tversion\tscope\ttype\tmessage\tpanics\tby process\n")
	keys := slices.SortedFunc(maps.Keys(s.panics), func(a, b panicKind) int {
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, key := range keys {
		c := s.panics[key]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%v\n", key.service, key.version, key.scope, key.kind, key.message, c.panics, c.processes)
	}
}
