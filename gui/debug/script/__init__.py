"""A script of a person's, looked at beside the experiment: run as it is, its values beside torch's, line by line."""
