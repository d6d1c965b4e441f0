"""The race: loss of every lane, its legend, its table."""
