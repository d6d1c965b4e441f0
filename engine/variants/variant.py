"""What a variant is: a known departure from one of torch's rules, as a small change of the textbook's text."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from .source import Edit, Note, Source, edited, fits

Kind = Literal["optimizer", "activation", "loss", "layer"]
Verdict = Literal["convention", "mistake"]
Need = Literal[
    "changing rate",  # a learning rate that is not the same at every step
    "several weights",  # more than one weight, each moved once a step; of one shape, if one state serves all
    "zero gradients",
    "zeros",  # inputs of exactly 0
    "far out",  # inputs or logits so large or small that a threshold is passed
    "probabilities",  # the loss is given probabilities, not logits: each within 0 and 1, a row's sum 1
    "square weight",  # a layer of as many outputs as inputs
    "activation",  # a layer whose activation is not the identity
    "rate",  # a layer's backward pass that is given the learning rate
    "another mask",  # a dropout's backward pass whose mask is not the forward pass's
]


class Said(NamedTuple):
    """Say a departure in words. Each text stands alone in a sentence, so each can be translated alone.

    ``does`` and ``torch_does`` are told of "this code" and of "torch"; ``edit`` is an instruction.
    """

    verdict: Verdict
    does: str
    torch_does: str
    edit: str


class Shows(NamedTuple):
    """Say what must be the case for a variant to differ from its reference.

    ``on``: hyperparameters that must be other than 0, None or False, by torch's names; ``off``: those that must not;
    ``steps``: within how many it is seen.
    """

    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    steps: int = 1

    def and_(self, other: "Shows") -> "Shows":
        """Return what two at once need."""
        on = tuple(dict.fromkeys((*self.on, *other.on)))
        off = tuple(dict.fromkeys(name for name in (*self.off, *other.off) if name not in on))
        needs = tuple(dict.fromkeys((*self.needs, *other.needs)))
        return Shows(on, off, needs, max(self.steps, other.steps))


class Wrap(NamedTuple):
    """Change a rule from outside, in what goes in or out. ``joint``: what it changes; two can't share one."""

    joint: str
    around: Callable[[Any], Any]


class Change(NamedTuple):
    edits: tuple[Edit, ...] = ()
    wraps: tuple[Wrap, ...] = ()


NO_CHANGE = Change()


class Reference(NamedTuple):
    """Hold one of torch's rules: the textbook's text, and how a function is made of what running that gives."""

    name: str
    source: Source
    made: Callable[[Mapping[str, Any]], Any]

    def function(self, change: Change = NO_CHANGE, *, exact: bool = False, note: Note | None = None) -> Any:
        """Return the rule with the change made; without one, what the textbook computes, bit for bit.

        Of an optimizer a :class:`~engine.variants.rule.Rule`, of an activation or a loss the textbook's ``Activation``
        or ``Loss``, of a dense layer a :class:`~engine.variants.dense.Dense`, of another a
        :class:`~engine.variants.layer_rule.LayerRule`. ``exact``: nothing in it is rounded to float32;
        ``note``: see :meth:`~engine.variants.source.Source.run`.
        """
        function = self.made(self.source.run(change.edits, exact=exact, note=note))
        for wrap in change.wraps:
            function = wrap.around(function)
        return function


class Variant(NamedTuple):
    """Describe a departure by one way of writing it: an id that stands for several has a variant for each.

    ``same_as``: further ids that no input tells apart from this one for this reference; ``parts``: of a pair, both.
    """

    id: str
    kind: Verdict
    does: str
    torch_does: str
    edit: str
    shows: Shows
    same_as: tuple[str, ...]
    reference: Reference
    change: Change
    parts: tuple["Variant", ...] = ()

    @property
    def function(self) -> Any:
        """Return the changed rule, made again: see :meth:`Reference.function`."""
        return self.made()

    def made(self, *, exact: bool = False, note: Note | None = None) -> Any:
        """Return the changed rule: see :meth:`Reference.function`."""
        return self.reference.function(self.change, exact=exact, note=note)

    @property
    def text(self) -> str:
        """Return the textbook's text with the edits made; what wraps it isn't shown."""
        return edited(self.reference.source.text, self.change.edits)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return its id, or both of a pair."""
        return tuple(part.id for part in self.parts) or (self.id,)


def combined(first: Variant, second: Variant) -> Variant | None:
    """Return both variants at once, a mistake if either is one; None where they change the same thing.

    The clauses of the pair's words are those of its parts, one after the other.
    """
    change = _both(first, second)
    if change is None:
        return None
    kind = "mistake" if "mistake" in (first.kind, second.kind) else "convention"
    return Variant(
        f"{first.id} + {second.id}",
        kind,
        f"{first.does}; {second.does}",
        f"{first.torch_does}; {second.torch_does}",
        f"{first.edit}; {second.edit}",
        first.shows.and_(second.shows),
        (),
        first.reference,
        change,
        (first, second),
    )


def _both(first: Variant, second: Variant) -> Change | None:
    if first.id == second.id or first.reference is not second.reference:
        return None
    wraps = (*first.change.wraps, *second.change.wraps)
    if len({wrap.joint for wrap in wraps}) < len(wraps):
        return None
    for one, other in ((first, second), (second, first)):
        edits = (*one.change.edits, *other.change.edits)
        if fits(first.reference.source.text, edits):
            return Change(edits, wraps)
    return None
