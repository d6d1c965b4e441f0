"""The own code of a network's parts, as a DIY lane has it: in the textbook's places, with all that it remembers.

How it is called is found out once, before a run, and kept by its text (``bind_part``).
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from engine.diy.activations import Activation
from engine.diy.layers import LAYERS
from engine.diy.losses import Loss
from engine.diy.network import Layer
from engine.kept_source import keep_text
from engine.layer_names import layer_name
from engine.own.call_watch import guard_of
from engine.own.function_forms import taken_by
from engine.own.function_probes import samples
from engine.own.kind_forms import CALLED
from engine.own.live_functions import LiveActivation, LiveLoss
from engine.own.live_kinds import LiveKind, Place
from engine.own.live_layers import LiveLayer
from engine.own.live_part import LivePart
from engine.own.memory import CannotGoBack, Saved
from engine.own.plain_memory import NotPlain
from engine.own.session import Session, Wanted
from engine.own.trust import check_trusted
from engine.spec import (
    PARAMETERS,
    ExperimentSpec,
    OwnCode,
    OwnPart,
    function_fields,
    layer_in,
    parts_of,
    row_of,
    text_of_code,
)

from .own_code import DOES_NOT_REPEAT, source_of
from .row_by_row import in_rows

Where = tuple[str, int]  # the kind of part, and its layer
Texts = tuple[tuple[str, str], ...]  # of files of own code, by their names, in the order of these


class BoundPart(NamedTuple):
    """Say how own code is called: ``given`` and ``settings`` as a FunctionProbe has them.

    ``repeats``: it comes to the same where it is asked the same.
    """

    given: str = "z"
    settings: Mapping[str, Any] = {}
    repeats: bool = True


class PartsMark(NamedTuple):
    """Mark where own parts stood: what each had ``saved``.

    ``reason`` says why they cannot be stood there again; None where they can. ``texts`` are those that ran there,
    ``parts`` what ran them.
    """

    saved: Mapping[Where, Saved]
    reason: str | None = None
    texts: "Texts" = ()
    parts: "OwnParts | None" = None

    @property
    def nbytes(self) -> int:
        return sum(one.nbytes for one in self.saved.values())

    @property
    def may_be_data(self) -> bool:
        """Tell whether ``plain`` can be tried: the code that the run began with stands there, and can again."""
        return self.reason is None and self.parts is not None and self.parts.before is None

    def plain(self) -> list[dict[str, Any]]:
        """Return it as data. Raises NotPlain."""
        if self.parts is None or not self.may_be_data:
            raise NotPlain("other code")
        return self.parts.plain(self)


_bound: dict[tuple[str, str, str, str], BoundPart] = {}  # by code, its text, the kind and torch's name


def bind_part(spec: ExperimentSpec, part: OwnPart, bound: BoundPart) -> None:
    """Keep how a part's code is called."""
    _bound[_key(spec, part)] = bound


def part_bindings() -> dict[tuple[str, str, str, str], BoundPart]:
    """Return all that was bound in this process."""
    return dict(_bound)


def adopt_parts(bindings: Mapping[tuple[str, str, str, str], BoundPart]) -> None:
    """Bind what was found out in another process."""
    _bound.update(bindings)


def _key(spec: ExperimentSpec, part: OwnPart) -> tuple[str, str, str, str]:
    return part.code, text_of_code(spec, part.code), part.kind, part.name


class OwnParts:
    """Open the own code of a network's parts, a module of its own for each. Raises NotTrusted and Unusable.

    ``before`` is what ran until now, whose code goes on where it is the same; other code takes what that remembered,
    or raises CannotGoOn. ``since``: how many steps had been taken then.
    """

    def __init__(self, spec: ExperimentSpec, before: "OwnParts | None" = None, since: int = 0):
        self._parts, self._count = parts_of(spec), len(spec.network.layers) if spec.network is not None else 0
        self.files = frozenset(OwnCode.of(part.code).file for part in self._parts)
        self.texts, self.since = texts_of_parts(spec), since
        self.before = before.before if before is not None and before.since == since and before.before else before
        self._bound = [_bound.get(_key(spec, part), BoundPart()) for part in self._parts]
        self._live: dict[Where, Any] = {}
        for part, bound in zip(self._parts, self._bound, strict=True):
            self._live[part.kind, part.layer] = self._opened(spec, part, bound)

    def _opened(self, spec: ExperimentSpec, part: OwnPart, bound: BoundPart) -> LivePart:
        place, before = (part.kind, part.layer), self.before
        known = None if before is None else before._live[place]
        if known is not None and known.text == source_of(spec, part.code).text:
            return known
        opened = _opened(spec, part, bound)
        opened.begin()
        if known is not None:
            opened.take_over(known)
        return opened

    def is_other_in(self, spec: ExperimentSpec) -> bool:
        """Return whether an experiment has other texts of this code."""
        return texts_of_parts(spec) != self.texts

    def changed_to(self, spec: ExperimentSpec, since: int) -> "OwnParts":
        """Return the code that an experiment has in its place, as it goes on after ``since`` steps.

        Raises CannotGoOn and Unusable.
        """
        return OwnParts(spec, self, since)

    def of(self, kind: str, layer: int) -> LivePart | None:
        """Return the own code in a place, a loss's in layer 0; None where there is the textbook's."""
        return self._live.get((kind, layer))

    def begin(self) -> None:
        """Begin anew: nothing is remembered."""
        for live in self._live.values():
            live.begin()

    def keep(self) -> None:
        """Have these be what their files hold for whoever looks at what runs."""
        for part in self._parts:
            keep_text(OwnCode.of(part.code).file, self._live[part.kind, part.layer].text)

    def layers(self, layers: Sequence[Layer]) -> list[Layer]:
        """Return the textbook's layers with own code in its places."""
        return [self._layer(number, layer) for number, layer in enumerate(layers, start=1)]

    def _layer(self, number: int, layer: Layer) -> Layer:
        if (own := self._live.get(("layer", number))) is not None:
            layer = layer._replace(kind=in_rows(own, getattr(layer.kind, "axis", None)))
        if (own := self._live.get(("activation", number))) is not None:
            back = None if layer.activation.back is None else own.back
            layer = layer._replace(activation=Activation(own.f, own.df, back))
        return layer

    def loss(self, loss: Loss) -> Loss:
        """Return the loss: own code's, where it has any."""
        own = self._live.get(("loss", 0))
        return loss if own is None else Loss(own.f, own.df)

    @property
    def narrow(self) -> frozenset[str]:
        """Return the names of the values of a step that came in a lesser precision than the run's."""
        return frozenset(name for place, live in self._live.items() for name in _narrow(place, live, self._count))

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Have all factors of the chain rule be there by themselves, of steps that are recorded meanwhile."""
        for live in self._live.values():
            live.is_recorded = True
        try:
            yield
        finally:
            for live in self._live.values():
                live.is_recorded = False

    # --- going back -------------------------------------------------------------------------------

    def save(self) -> PartsMark:
        """Return where all of them stand."""
        if not all(bound.repeats for bound in self._bound):
            return PartsMark({}, DOES_NOT_REPEAT, self.texts)
        try:
            saved = {place: live.save() for place, live in self._live.items()}
            return PartsMark(saved, texts=self.texts, parts=self)
        except CannotGoBack as reason:
            return PartsMark({}, str(reason), self.texts)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Have them stand afterwards where they stand, if that can be copied."""
        mark = self.save()
        yield
        if mark.reason is None:
            self.put(mark)

    def put(self, mark: PartsMark | None) -> None:
        """Stand where they stood; where that is not known, begin anew."""
        if mark is None or mark.reason is not None:
            self.begin()
            return
        for place, saved in mark.saved.items():
            self._live[place].put(saved)

    def plain(self, mark: PartsMark) -> list[dict[str, Any]]:
        """Return where all of them stood as data, in the order of the parts. Raises NotPlain."""
        return [live.plain(mark.saved[place]) for place, live in self._live.items()]

    def mark_of(self, told: Any) -> PartsMark:
        """Return where they stood of what ``plain`` has returned. Raises LookupError, TypeError or ValueError."""
        known = zip(self._live.items(), told, strict=True)
        saved = {place: live.saved_of(one) for (place, live), one in known}
        return PartsMark(saved, texts=self.texts, parts=self)


def texts_of_parts(spec: ExperimentSpec) -> Texts:
    """Return the texts of all files that own code of the network stands in."""
    files = {OwnCode.of(part.code).file: text_of_code(spec, part.code) for part in parts_of(spec)}
    return tuple(sorted(files.items()))


def _opened(spec: ExperimentSpec, part: OwnPart, bound: BoundPart) -> LivePart:
    source = source_of(spec, part.code)
    check_trusted(source)
    guard = guard_of(source.file)
    code = OwnCode.of(part.code)
    session = Session(source, Wanted(code.name, part.kind, dict(code.told)), guard)
    found = session.prepare(samples(part.kind, [part.name]))
    keep_text(source.file, source.text)
    if part.kind == "layer":
        layer = layer_in(spec, layer_name(part.layer))
        if part.name not in CALLED:
            out, inputs = layer.weights["weight"]
            return LiveLayer(session.own, source.text, guard, (out, inputs))
        place = Place(LAYERS[part.name], part.name, row_of(part.name, layer.inputs), layer.weights)
        return LiveKind(session.own, source.text, guard, place, bound.settings)
    kind = LiveActivation if part.kind == "activation" else LiveLoss
    settings: Mapping[str, Any] = getattr(found, "settings", {})
    fields = [str(field.path[0]) for field in function_fields(part.name)]
    taken = taken_by(settings, PARAMETERS.get(part.name, ("",))[0], fields)
    handed = {own: part.params[name] for own, name in taken.items() if name in part.params}
    return kind(session.own, source.text, guard, bound.given, {**bound.settings, **handed})


def _narrow(place: Where, live: LivePart, count: int) -> Iterator[str]:
    """Yield the names of a part's narrow results in a network of so many layers."""
    kind, number = place
    if kind == "layer":
        back = (f"layer{number}.weight.grad", f"layer{number}.bias.grad", f"layer{number - 1}.dL_da")
        names = {"value": (f"layer{number}.z",), "slope": back}
    elif kind == "loss":
        names = {"value": ("loss",), "slope": (f"layer{count}.dL_da",)}
    else:
        names = {"value": (f"layer{number}.a",), "slope": (f"layer{number}.da_dz", f"layer{number}.dL_dz")}
    for role in ("value", "slope") if "value" in live.narrow else live.narrow:  # it goes by what it gave before
        yield from names[role]


@contextmanager
def undisturbed(spec: ExperimentSpec) -> Iterator[None]:
    """Have Python's shared generators draw afterwards what they would have drawn; own code in a network may draw."""
    if not parts_of(spec):
        yield
        return
    state, drawn = np.random.get_state(), random.getstate()  # own code's
    try:
        yield
    finally:
        np.random.set_state(state)
        random.setstate(drawn)
