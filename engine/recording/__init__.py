"""The textbook watched from outside, line by line. Nothing in here knows torch, nor what a run is."""
