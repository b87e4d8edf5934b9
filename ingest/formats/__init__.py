"""One module a container or office format, each a function RawDocument → Page."""
