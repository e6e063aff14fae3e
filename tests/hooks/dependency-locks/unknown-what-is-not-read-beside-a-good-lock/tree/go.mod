module example.org/x

require github.com/a/b v1.2.3
