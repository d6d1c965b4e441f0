"""A person's own code: found in its file, recognised, called in its own form, watched line by line, and held to limits.

Nothing of it is changed. What it is compared with is no business of this room: neither torch nor the textbook enter,
but for what own code imports itself.
"""
