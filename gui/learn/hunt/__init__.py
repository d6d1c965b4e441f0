"""The bug hunt: a mistake planted into a run, to be found by its numbers."""
