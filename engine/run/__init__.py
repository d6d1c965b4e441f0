"""All lanes in lockstep, what is kept of their steps, and the ways through time: checkpoints, seeking, forks, stops."""
