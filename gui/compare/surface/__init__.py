"""The loss over two weights or directions, with the entries' paths."""
