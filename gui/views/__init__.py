"""Views render frames: the loss plot, the heatmaps, the parity strip. A view never computes a step."""
