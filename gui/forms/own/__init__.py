"""A person's own code in the form: what it begins with, and what is chosen beside an optimizer, a layer or a function.

Nothing in here runs any of it.
"""
