"""The kinds of layers, a file each.

A file holds

- ``PARAMETERS``: torch's names of what is trained, in torch's order: ``weight``, ``bias``;
- ``shapes(inputs, units, bias)``: the shape of each of them;
- ``forward(x, params, name) -> (z, cache)``: what the layer makes of its input, and what it keeps for its backward
  pass;
- ``backward(dL_dz, cache, params, name, wants_dL_dx) -> (dL_dx, grads)``: the gradients of its input and of its
  parameters.

``params`` are those of the whole network by torch's names, ``layer1.weight`` …; ``name`` is the layer's: ``layer1``.
"""

from engine.diy import Registry

ORDER = ("Linear",)

LAYERS = Registry(__name__, ORDER)
