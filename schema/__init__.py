"""The vocabulary all rooms share: text with provenance, pages, records, issues, errors."""
