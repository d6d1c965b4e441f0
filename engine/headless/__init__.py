"""The commands: training, tracing, comparing, sweeping and verifying without a window, and the files they write."""
