"""Right scripts, written at random: a network in torch and by hand below it, of some depth, activations and loss."""

from itertools import pairwise
from random import Random

FORWARD = {
    "tanh": ("np.tanh({z})", "torch.tanh({z})", "1 - {a}**2"),
    "sigmoid": ("1 / (1 + np.exp(-{z}))", "torch.sigmoid({z})", "{a} * (1 - {a})"),
    "relu": ("np.maximum({z}, 0)", "torch.relu({z})", "({z} > 0)"),
    "silu": (
        "{z} / (1 + np.exp(-{z}))",
        "torch.nn.functional.silu({z})",
        "(1 + {z} * (1 - 1 / (1 + np.exp(-{z})))) / (1 + np.exp(-{z}))",
    ),
}


def written(seed: int, *, mild: bool = False) -> str:
    """Return the text of a script; equal seeds give equal texts. ``mild``: none of its gradients is noise alone."""
    draw = Random(seed)
    dtype = draw.choice(["float32", "float64"])
    own = draw.choice([dtype, "float64"])
    rows, sizes = draw.choice([1, 4, 33]), [draw.choice([1, 3, 17]) for _ in range(draw.randint(2, 4))]
    loss = draw.choice(["mse", "cross_entropy"])
    if loss == "cross_entropy":
        sizes[-1] = 4
    kinds = [draw.choice([*FORWARD][: 2 if mild else None]) for _ in sizes[1:-1]]
    scale, shift = (1.0, 0.0) if mild else (draw.choice([0.1, 1.0, 20.0]), draw.choice([0.0, 100.0]))
    lines = [
        "import numpy as np", "import torch", f"torch.set_default_dtype(torch.{dtype})", f"torch.manual_seed({seed})",
        f"x = torch.randn({rows}, {sizes[0]}) * {scale} + {shift}",
    ]  # fmt: skip
    for layer, (wide, high) in enumerate(pairwise(sizes), 1):
        lines += [f"W{layer} = torch.randn({wide}, {high}, requires_grad=True)"]
        lines += [f"b{layer} = torch.randn({high}, requires_grad=True)"]
    lines += _torch(kinds, loss, rows, sizes) + _own(kinds, loss, rows, len(sizes) - 1, own)
    return "\n".join(lines) + "\n"


def _torch(kinds: list[str], loss: str, rows: int, sizes: list[int]) -> list[str]:
    lines, before = [], "x"
    for layer, kind in enumerate([*kinds, None], 1):
        lines += [f"z{layer} = {before} @ W{layer} + b{layer}"]
        if kind:
            lines += [f"a{layer} = " + FORWARD[kind][1].format(z=f"z{layer}")]
        before = f"a{layer}"
    last = f"z{len(kinds) + 1}"
    if loss == "mse":
        lines += [f"y = torch.randn({rows}, {sizes[-1]})", f"loss = torch.nn.functional.mse_loss({last}, y)"]
    else:
        lines += [f"y = torch.randint(0, 4, ({rows},))", f"loss = torch.nn.functional.cross_entropy({last}, y)"]
    return [*lines, "loss.backward()"]


def _own(kinds: list[str], loss: str, rows: int, layers: int, dtype: str) -> list[str]:
    lines, before = [f"x_np = x.numpy().astype(np.{dtype})"], "x_np"
    for layer in range(1, layers + 1):
        lines += [f"W{layer}_np = W{layer}.detach().numpy().astype(np.{dtype})"]
        lines += [f"b{layer}_np = b{layer}.detach().numpy().astype(np.{dtype})"]
        lines += [f"z{layer}_np = {before} @ W{layer}_np + b{layer}_np"]
        if layer < layers:
            lines += [f"a{layer}_np = " + FORWARD[kinds[layer - 1]][0].format(z=f"z{layer}_np")]
            before = f"a{layer}_np"
    last = f"z{layers}_np"
    if loss == "mse":
        lines += [f"loss_np = (({last} - y.numpy()) ** 2).mean()"]
        lines += [f"dz{layers} = 2 * ({last} - y.numpy()) / {last}.size"]
    else:
        lines += [
            f"p = np.exp({last} - {last}.max(1, keepdims=True))", "p = p / p.sum(1, keepdims=True)",
            f"one_hot = np.eye(4, dtype=np.{dtype})[y.numpy()]", f"dz{layers} = (p - one_hot) / {rows}",
        ]  # fmt: skip
    for layer in range(layers, 0, -1):
        below = f"a{layer - 1}_np" if layer > 1 else "x_np"
        lines += [f"dW{layer} = {below}.T @ dz{layer}", f"db{layer} = dz{layer}.sum(0)"]
        if layer > 1:
            slope = FORWARD[kinds[layer - 2]][2].format(z=f"z{layer - 1}_np", a=f"a{layer - 1}_np")
            lines += [f"da{layer - 1} = dz{layer} @ W{layer}_np.T", f"dz{layer - 1} = da{layer - 1} * ({slope})"]
    return lines
