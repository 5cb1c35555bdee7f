// SPDX-License-Identifier: Apache-2.0

package sqlslo_test

import (
	"database/sql"
	"database/sql/driver"
	"fmt"

	"go.opentelemetry.io/otel/attribute"

	"github.com/pkgslo/pkgslo-go/sqlslo"
)

func ExampleConnector() {
	connector := dialer{open: func() driver.Conn { return oldConn{new(journal)} }} // a driver's own
	db := sql.OpenDB(sqlslo.Connector(connector,
		sqlslo.WithAttributes(attribute.String("db.system.name", "postgresql")),
		sqlslo.WithSkip("example.com/shop/internal/db")))
	defer db.Close()

	result, err := db.Exec("UPDATE stock SET pieces = pieces - 1")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.RowsAffected())
	// Output: 1 <nil>
}
