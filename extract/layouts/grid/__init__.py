"""Tables whose cells survive: rows, headers, what columns hold."""
