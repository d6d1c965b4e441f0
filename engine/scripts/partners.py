"""Which names belong together: ``dX``, ``d_X``, ``grad_X``, ``X_grad`` and ``X.grad``; ``X_np`` and ``X``."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .paths import Path, parse

FoundBy = Literal["pair", "name", "value"]
GRADIENT = (
    re.compile(r"^dL_?d_?(.+)$"), re.compile(r"^d_(.+)$"), re.compile(r"^grad_(.+)$"), re.compile(r"^(.+)_grad$"),
    re.compile(r"^d(.+)$"), re.compile(r"^g_(.+)$"), re.compile(r"^(.+)_gradient$"),
)  # fmt: skip
OWN = ("np", "numpy", "diy", "own", "manual", "my", "hand", "mine")
WEAK = ("t", "my", "mine", "hand", "ref")
TORCH = ("torch", "t", "tensor", "pt", "ref", "auto", "autograd")


class Partners(NamedTuple):
    """Say what own value may be which of torch's; the first ``references`` that is there is meant."""

    own: Path
    references: tuple[Path, ...]
    found_by: FoundBy


def is_surely_meant(own: str, reference: Path) -> bool:
    """Return whether the names alone say that both are one: of ``X`` and ``X_t``, or ``my_X``, they do not."""
    names = {own, reference.root}
    return reference.of_gradient is not None or not any(
        name.endswith(f"_{affix}") or name.startswith(f"{affix}_") for name in names for affix in WEAK
    )


def by_name(bound: Iterable[str]) -> list[Partners]:
    """List all that the names of a script may pair."""
    names = frozenset(bound)
    found = [Partners(parse(name), tuple(_partners(name, names)), "name") for name in sorted(names)]
    return [one for one in found if one.references]


def plain_name(own: str) -> str | None:
    """Return of which name an own one is the gradient: of ``dlogits`` ``logits``; None of any other."""
    for pattern in GRADIENT:
        if found := pattern.match(own):
            return found[1]
    return None


def _partners(own: str, names: frozenset[str]) -> Iterator[Path]:
    seen: set[str] = set()
    for name in (own, *_without(own, OWN)):
        for pattern in GRADIENT:
            if not (found := pattern.match(name)):
                continue
            for one in _called(found[1], names):
                if one != own and (text := f"{one}.grad") not in seen:
                    seen.add(text)
                    yield parse(text)
    for plain in _without(own, OWN):
        yield from (parse(one) for one in _called(plain, names) if one not in (own, *seen))
    yield from (parse(one) for one in _with(own, TORCH) if one in names)


def _called(name: str, names: frozenset[str]) -> Iterator[str]:
    """Yield what a tensor of that name may be called, the same name first."""
    yield from (one for one in (name, *_with(name, TORCH)) if one in names)
    if name not in names and len(name) <= 2:
        yield from (one for one in (name.upper(), name.lower()) if one in names and one != name)


def _without(name: str, affixes: Iterable[str]) -> Iterator[str]:
    for affix in affixes:
        if name.endswith("_" + affix) and len(name) > len(affix) + 1:
            yield name[: -len(affix) - 1]
        if name.startswith(affix + "_") and len(name) > len(affix) + 1:
            yield name[len(affix) + 1 :]


def _with(name: str, affixes: Iterable[str]) -> Iterator[str]:
    for affix in affixes:
        yield f"{name}_{affix}"
        yield f"{affix}_{name}"
