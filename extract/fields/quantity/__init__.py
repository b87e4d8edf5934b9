"""How a number, its magnitude, unit and bound are read from running text; metrics.py makes records of it."""
