"""Lessons: a folder each, of Markdown and an experiment, read as data and played in the window."""
