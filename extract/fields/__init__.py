"""One module a kind of fact read from a task’s text."""
