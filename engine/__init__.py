"""The engine: experiments, the two backends and lockstep. Nothing in here imports Qt."""
