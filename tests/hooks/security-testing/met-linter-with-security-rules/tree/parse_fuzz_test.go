package main

import "testing"

func FuzzParse(f *testing.F) {}
