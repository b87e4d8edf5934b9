"""Running text: headings and points, reports, assignments, letters."""
