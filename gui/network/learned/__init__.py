"""What the network has learned: predictions beside targets, the fit or the boundary with the data, confusion."""
