// SPDX-License-Identifier: Apache-2.0

// Package product is the assortment: what every service knows about a product. It has no spans.
package product

import (
	"strings"

	"github.com/pkgslo/shop/pkg/money.v2"
)

// Product is one thing for sale.
type Product struct {
	SKU   string       `json:"sku"`
	Name  string       `json:"name"`
	Group string       `json:"group"`
	Price money.Amount `json:"price"`
}

var all = []Product{
	{"TEA-001", "Darjeeling first flush", "tea", money.EUR(1490)},
	{"TEA-002", "Assam broken leaf", "tea", money.EUR(890)},
	{"TEA-003", "Sencha spring leaf", "tea", money.EUR(1250)},
	{"TEA-004", "Rooibos natural", "tea", money.EUR(590)},
	{"TEA-005", "Peppermint whole leaf", "tea", money.EUR(450)},
	{"COF-001", "Espresso house blend", "coffee", money.EUR(1190)},
	{"COF-002", "Ethiopia filter roast", "coffee", money.EUR(1390)},
	{"COF-003", "Decaf dark roast", "coffee", money.EUR(1290)},
	{"POT-001", "Glass teapot one litre", "pots", money.EUR(3490)},
	{"POT-002", "Cast iron teapot", "pots", money.EUR(5990)},
	{"POT-003", "Hand filter porcelain", "pots", money.EUR(2490)},
	{"POT-004", "Moka pot six cups", "pots", money.EUR(2990)},
	{"CUP-001", "Double wall cup", "cups", money.EUR(1290)},
	{"CUP-002", "Espresso cup set", "cups", money.EUR(2290)},
	{"CUP-003", "Stoneware mug", "cups", money.EUR(1490)},
	{"ACC-001", "Paper filters hundred", "accessories", money.EUR(390)},
	{"ACC-002", "Stainless tea strainer", "accessories", money.EUR(790)},
	{"ACC-003", "Descaler half litre", "accessories", money.EUR(990)},
	{"ACC-004", "Airtight tin", "accessories", money.EUR(1190)},
	{"ACC-005", "Burr hand grinder", "accessories", money.EUR(6490)},
}

var bySKU = index(all)

func index(products []Product) map[string]Product {
	m := make(map[string]Product, len(products))
	for _, p := range products {
		if _, taken := m[p.SKU]; taken {
			panic("product: two products with SKU " + p.SKU)
		}
		m[p.SKU] = p
	}
	return m
}

// All is the assortment in its order of display. The caller must not change it.
func All() []Product { return all }

// Find is the product with a SKU.
func Find(sku string) (Product, bool) {
	p, ok := bySKU[sku]
	return p, ok
}

// Words are the search words of a product, in lower case.
func (p Product) Words() []string {
	return append(strings.Fields(strings.ToLower(p.Name)), p.Group, strings.ToLower(p.SKU))
}
