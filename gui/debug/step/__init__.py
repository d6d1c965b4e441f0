"""Where the debugger stands in a step, and how it gets elsewhere. Nothing in here draws."""
