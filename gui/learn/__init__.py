"""What the Learn panel teaches with, over the living window: lessons, and what follows from them."""
