exec gosu app "$@"
