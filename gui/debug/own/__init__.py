"""A person's own code in the debugger's source: its head with the verdict, and the textbook beside it."""
