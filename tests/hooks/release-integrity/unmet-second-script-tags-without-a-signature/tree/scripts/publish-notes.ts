// Raises the version.
run('npm', ['version', kind]);
