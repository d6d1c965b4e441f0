"""The loss plot: lanes, branches, legend, values under the crosshair."""
