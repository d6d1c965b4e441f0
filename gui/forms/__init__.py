"""The experiment as widgets: what a person fills in, and marks at what is wrong with it.

Forms hold text as it was typed and hand it on as the experiment file's structure; whether it is
right is for ``engine.spec`` to say. Nothing in here trains, draws a result or talks to the engine.
"""
