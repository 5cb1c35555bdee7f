module example.net/acme/depot

go 1.26
