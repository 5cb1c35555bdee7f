module plug.example.com/host.v2

go 1.26
