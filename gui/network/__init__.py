"""The picture of the network: its units and weights, a row of the data on its way, and what is chosen in it."""
