"""The run at hand as the window knows it, and the engine's process that it talks to. Nothing in here draws."""
