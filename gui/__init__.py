"""The window's process: forms, views and what connects them to the engine.

Of the engine only ``engine.protocol`` and ``engine.spec`` may be imported here, and torch never.
"""
