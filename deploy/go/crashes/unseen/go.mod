module example.com/unseen/app.v3

go 1.26
