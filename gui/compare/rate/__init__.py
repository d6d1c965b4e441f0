"""The learning rates of the entries over the steps."""
