"""An earlier run beside the one at hand: how far they are apart, and which settings differ."""
