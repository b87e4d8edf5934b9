"""Page in, records and issues out: pure and deterministic, no I/O beyond its own data."""
