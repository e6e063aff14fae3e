libraryDependencies += "a" %% "b" % "1.0"
