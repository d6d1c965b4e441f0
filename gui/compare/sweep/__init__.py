"""A sweep of one hyperparameter or two: its form, its curve or map."""
