"""Exercises: a line of the textbook to be written oneself, judged as own code is."""
