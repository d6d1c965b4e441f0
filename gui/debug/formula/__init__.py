"""The line at hand as a formula, the chain rule of a weight, and what the optimizer made of it."""
