"""The race's entries: their colours, numbers and marks, and which are shown."""
