"""The textbook's source with the values of its lines, and the call stack."""
