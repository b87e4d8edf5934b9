"""DuckDB: knows records, knows nothing of pages."""
