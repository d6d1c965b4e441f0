"""A network as torch's modules, written out."""

from collections.abc import Iterator, Sequence

from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.spec import ShapedLayer, name_and_params, row_of

from .literals import call_text

IDENTITY = "identity"
RESIDUAL = '''class Residual(torch.nn.Module):
    """Add to an input what the layers inside make of it."""

    def __init__(self, *layers):
        super().__init__()
        self.inside = torch.nn.Sequential(*layers)

    def forward(self, x):
        return x + self.inside(x)


'''


def modules(layers: Sequence[ShapedLayer], dtype: str, indent: str = "    ") -> Iterator[str]:
    """Yield the lines of torch's modules, of layers and of their activations.

    What has numbers is told their precision: torch's own default stays, which some optimizers go by.
    """
    for layer in layers:
        if layer.inside:
            yield f"{indent}Residual("
            yield from modules(layer.inside, dtype, f"{indent}    ")
            yield f"{indent}),"
            continue
        file = LAYERS.module(layer.kind)
        has_arguments = hasattr(file, "torch_arguments")
        arguments = file.torch_arguments(_row_of(layer), layer.hyper) if has_arguments else layer.hyper._asdict()
        made = call_text(file.TORCH, list(arguments.items()))
        has_numbers = dtype != "float32" and (layer.weights or layer.buffers)
        yield f"{indent}{made[:-1]}, dtype=torch.{dtype})," if has_numbers else f"{indent}{made},"
        name, params = name_and_params(layer.activation)
        if name != IDENTITY:
            file = ACTIVATIONS.module(name)
            yield f"{indent}{call_text(file.TORCH, list({**getattr(file, 'TORCH_ARGUMENTS', {}), **params}.items()))},"


def _row_of(layer: ShapedLayer) -> tuple[int, ...]:
    return row_of(layer.kind, layer.inputs)


def places(layers: Sequence[ShapedLayer], within: str = "model") -> Iterator[tuple[ShapedLayer, str]]:
    """Yield each layer with how its module is reached."""
    place = 0
    for layer in layers:
        yield layer, f"{within}[{place}]"
        yield from places(layer.inside, f"{within}[{place}].inside")
        place += 1 if name_and_params(layer.activation)[0] == IDENTITY else 2
