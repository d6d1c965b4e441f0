"""A script in which hand-written values and torch's stand side by side: run as it is, watched, its values paired.

It runs in a process of its own. Values are paired by what the person says, by name, or by value; each pair is judged by
how far rounding moves torch's value. What has to be said of it in words is no business of this room.
"""
