"""The Compare view: optimizers that race from one start, side by side in plots, in a table, and on the loss surface."""
