"""The lanes beside each other: their curves, their table, their paths on a surface."""
