// Package ledger fails in the ways that its callers have to recover from.
package ledger

import "fmt"

// Book is a ledger that was never opened.
type Book struct{ entries map[string]int }

// Post panics: the book has no entries to write to.
//
//go:noinline
func (b *Book) Post(account string) { b.entries[account]++ }

// Sum panics with an error of its own type for a negative account.
//
//go:noinline
func (b *Book) Sum(account int) int {
	if account < 0 {
		panic(&Imbalance{Account: account})
	}
	return account
}

// Imbalance is an error with a type.
type Imbalance struct{ Account int }

func (i *Imbalance) Error() string { return fmt.Sprintf("account %d does not balance", i.Account) }
