"""The variables of the line at hand, and a value as a map beside torch's."""
