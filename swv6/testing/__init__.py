"""Contract suites that backends, builtin or not, run on themselves."""
