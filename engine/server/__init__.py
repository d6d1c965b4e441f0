"""The engine's process: its mail, the frames it answers with, its work in the background."""
