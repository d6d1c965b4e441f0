"""A run as data: taken down part by part, written to a session's file, and gone on from to the bit."""
