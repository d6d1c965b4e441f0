"""The kinds of layers, a file each, and the registry that finds them.

To add one, write its file. It holds

- ``TORCH``: torch's class of it, ``torch.nn.Linear``; ``NAME``: what an experiment calls it, where that is not the
  file's name; ``TITLE``: what a menu calls it;
- ``Hyper``, where it has parameters of its own: a NamedTuple of torch's keyword arguments without those that follow
  from its input, with torch's defaults, each annotated with a :class:`~engine.diy.optimizers.hyper.Hyperparameter`;
- ``torch_arguments(inputs, hyper)``, where torch's class wants others than these: all its keyword arguments, of a
  layer whose input's rows are shaped as ``inputs``;
- ``shapes(inputs, hyper)``: the shape of each parameter by torch's name, in torch's order; none where nothing is
  trained;
- ``output_shape(inputs, hyper)``: the shape of a row of what comes out, where it is not that of what goes in;
- ``forward(x, params, name, hyper) -> (z, cache)``: what the layer makes of its input, and what it keeps for its
  backward pass;
- ``backward(dL_dz, cache, params, name, hyper, wants_dL_dx) -> (dL_dx, grads)``: the gradients of its input and of its
  parameters;
- ``dz_dw(x, parameter, index, hyper)``, where the chain rule of one weight is to be shown: how its unit's z, the first
  of its indices, changes with it, in each row; ``FACTOR``: the symbol of that, in LaTeX, where it is not the input;
- ``AXIS``, where it works along one axis of its input, and not on all numbers of a row: -1 the last, 1 the first behind
  the rows. Where a row has several axes each place along the others is then a row to it (``engine.diy.rows``):
  ``inputs`` is that axis alone, and ``x`` a matrix; ``MOST_AXES``: how many a row may have;
- ``OF_INDICES``, where it takes whole numbers, and so is the first layer: ``x`` is of int64, and has no gradient;
- ``IN_PLACE``: variables whose arrays its lines change, so that a recording keeps what they were;
- ``ONE_NETWORK``, where its lines do not broadcast over networks side by side;
- ``NEW``: what a new one begins with in a form, where torch has no default;
- ``INSIDE``, where there is more to compare with torch than what goes in and comes out: the variables of ``forward``
  and of ``backward`` that ``engine.twin.inside`` has as well; and ``PATHS``, those of them that add up to dL_dx.

Where evaluating differs from training it holds ``evaluate``, which takes and gives what ``forward`` does; ``backward``
goes by what either has kept. What a step leaves behind that is not trained, as running averages, are *buffers*:

- ``buffers(inputs, hyper)``: what each begins with, by torch's name; ``forward`` finds them among ``params`` and gives
  the new ones in its cache's field ``buffers``, by their names in the network;
- ``mask_share(hyper)``, where something is drawn in each step: the probability with which a number of the layer's
  ``mask``, shaped as its input, is 1; ``forward`` finds it among ``params``, and none where nothing is drawn;
- ``LEAST_ROWS``: of a batch, where it takes more than one.

``residual``, which holds other layers in place of a ``Hyper``, has no class of torch's; ``engine.twin`` makes it one.

``params`` are those of the whole network by torch's names, ``layer1.weight`` …, and its buffers, as in torch's
``state_dict``; ``name`` is the layer's: ``layer1``.
"""

from engine.diy import Registry

ORDER = ("Linear", "LayerNorm", "RMSNorm", "BatchNorm1d", "Dropout", "Flatten", "Embedding", "Residual")

LAYERS = Registry(__name__, ORDER)
