"""The debugger: one training step of ours, line by line, both ways."""
