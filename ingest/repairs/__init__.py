"""Named repairs of damaged text: each reads a string and says which stretches to replace."""
