"""The commands: each parses its options, calls one function and prints. Heavy imports are inside."""
