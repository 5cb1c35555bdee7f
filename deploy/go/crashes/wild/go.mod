module gopkg.example.dev/wild.v4

go 1.26
