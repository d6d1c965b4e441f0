"""The parity strip: a line a pair."""
