// SPDX-License-Identifier: Apache-2.0

package sqlslo

import "strings"

// verbs are the first words that may stand in a span's name. The set is closed, because a name must
// not hold what comes from outside.
var verbs = func() map[string]bool {
	set := make(map[string]bool)
	for _, v := range strings.Fields(`ALTER ANALYZE BEGIN CALL COMMIT COPY CREATE DELETE DROP EXEC EXECUTE
		EXPLAIN GRANT INSERT LOCK MERGE PRAGMA REPLACE REVOKE ROLLBACK SAVEPOINT SELECT SET SHOW
		TRUNCATE UPDATE UPSERT USE VACUUM VALUES WITH`) {
		set[v] = true
	}
	return set
}()

const longestVerb = len("SAVEPOINT")

// verbOf returns a statement's first word in upper case, or "" when it is none that we know.
// Comments in front are skipped: mappers put names and trace ids there.
func verbOf(query string) string {
	query = afterComments(query)
	end := 0
	for end < len(query) && end <= longestVerb && isLetter(query[end]) {
		end++
	}
	verb := strings.ToUpper(query[:end])
	if !verbs[verb] {
		return ""
	}
	return verb
}

func afterComments(query string) string {
	for {
		query = strings.TrimLeft(query, " \t\r\n(;")
		mark := ""
		switch {
		case strings.HasPrefix(query, "--"):
			mark = "\n"
		case strings.HasPrefix(query, "/*"):
			mark = "*/"
			query = query[2:]
		default:
			return query
		}
		_, rest, found := strings.Cut(query, mark)
		if !found {
			return ""
		}
		query = rest
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
