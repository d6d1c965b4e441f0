"""The textbook: one training step in plain NumPy, one factor of the chain rule a line.

This is what a learner reads and what the debugger steps through. Nothing enters but NumPy
(and SciPy's ``erf``, which NumPy lacks): no logging, no bookkeeping, nothing of ours.

Every function broadcasts over leading axes, so the same lines train one network or K of them at
once: weights ``(K, out, in)``, biases ``(K, 1, out)``, hyperparameters ``(K, 1, 1)``.
"""
