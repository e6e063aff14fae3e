module example.org/x

go 1.22

require (
	github.com/a/b v1.2.3
	github.com/c/d v0.1.0 // indirect
)

replace github.com/c/d => ../d
