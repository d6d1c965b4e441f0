"""The stages of a step, from the first layer's affine map to the last update."""
