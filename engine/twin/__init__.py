"""The torch side: ``nn.Linear``, autograd and ``torch.optim``, no re-implementation.

The only place that imports torch; reached only through ``engine.backends``.
"""
