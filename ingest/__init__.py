"""Bytes in, Page out: the only package that touches files and the network."""
