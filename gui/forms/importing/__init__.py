"""Data taken from a file: which columns, how it is read, what becomes of them."""
