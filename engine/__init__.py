"""The engine: experiments, the two backends and lockstep. Nothing in here imports Qt."""

from engine.kept_source import keep_sources

keep_sources("engine.diy")  # before any of it is imported: what the window shows of it is what runs
