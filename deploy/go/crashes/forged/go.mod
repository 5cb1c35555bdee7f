module example.net/forge

go 1.26
