"""How things look and are said, for all rooms: colours, axes, numbers, names, formulas."""
