"""Pages made to measure, and the measuring: ``python -m bench``."""
