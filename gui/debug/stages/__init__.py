"""The stages of a step, from the first layer's forward pass to the last update."""
