"""What users see: streams, formats, progress. Knows records and rows, does no work of its own."""
