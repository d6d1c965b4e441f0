"""A person's own code in an experiment, tried and settled before a run; and checked as it is typed."""
