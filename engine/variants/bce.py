"""Binary cross entropy of logits, as others write it."""

from collections.abc import Iterator

from .cross_entropy import FAR_OUT, GIVEN_P, SMALL
from .losses import AGREEING
from .making import Pair, variant
from .reductions import OF_ELEMENTS, loss_reference, of_the_reduction, of_the_sign
from .variant import Reference, Variant

VALUE = "return mean((1 - y) * z - logsigmoid(z), reduction)"
D = "return (sigmoid(z) - y) / count(z, reduction)"


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    reduced = of_the_reduction(made, OF_ELEMENTS, AGREEING)
    return made, [*_of_the_sigmoid(made), *_of_small_numbers(made), *_of_terms(made), *reduced, *of_the_sign(made)]


def _value(p: str) -> Pair:
    return VALUE, f"p = {p}\n    return -mean(y * np.log(p) + (1 - y) * np.log(1 - p))"


def _gradient(p: str) -> Pair:
    return D, f"p = {p}\n    return (p - y) / (p * (1 - p)) / count(z)"


def _of_the_sigmoid(of: Reference) -> Iterator[Variant]:
    yield variant(of, "bce.on_probabilities", _value("z"), _gradient("z"), shows=GIVEN_P)
    by_logits = (D, "return (z - y) / count(z)")
    yield variant(of, "bce.on_probabilities/gradient by logits", _value("z"), by_logits, shows=GIVEN_P)
    value = (VALUE, "p = sigmoid(z)\n    return mean((1 - y) * p - logsigmoid(p))")
    gradient = (D, "return (sigmoid(sigmoid(z)) - y) / count(z)")
    through = (D, "p = sigmoid(z)\n    return (sigmoid(p) - y) * p * (1 - p) / count(z)")
    yield variant(of, "bce.sigmoid_twice", value, gradient)
    yield variant(of, "bce.sigmoid_twice", value, through)
    yield variant(of, "bce.sigmoid_twice/value", value)
    yield variant(of, "bce.sigmoid_twice/gradient", gradient)


def _of_small_numbers(of: Reference) -> Iterator[Variant]:
    far_out = GIVEN_P.and_(FAR_OUT)
    for eps in SMALL:
        added = f"return -mean(y * np.log(p + {eps}) + (1 - y) * np.log(1 - p + {eps}))"
        d_added = f"return ((1 - y) / (1 - p + {eps}) - y / (p + {eps})) / count(z)"
        yield variant(of, "bce.log_plus_eps", (VALUE, f"p = sigmoid(z)\n    {added}"), shows=FAR_OUT)
        of_p = (VALUE, f"p = z\n    {added}")
        yield variant(of, "bce.log_plus_eps", of_p, _gradient("z"), shows=far_out)
        yield variant(of, "bce.log_plus_eps", of_p, (D, f"p = z\n    {d_added}"), shows=far_out)
        clipped = f"np.clip({{p}}, {eps}, 1 - {eps})"
        yield variant(of, "bce.clipped", _value(clipped.format(p="sigmoid(z)")), shows=FAR_OUT)
        of_p = _value(clipped.format(p="z"))
        yield variant(of, "bce.clipped", of_p, _gradient("z"), shows=far_out)
        yield variant(of, "bce.clipped", of_p, _gradient(clipped.format(p="z")), shows=far_out)


def _of_terms(of: Reference) -> Iterator[Variant]:
    value = (VALUE, "return -mean(y * logsigmoid(z))")
    yield variant(of, "bce.term_missing", value, (D, "return y * (sigmoid(z) - 1) / count(z)"))
    yield variant(of, "bce.term_missing/value", value)
    slope = (D, "p = sigmoid(z)\n    return (p - y) * p * (1 - p) / count(z, reduction)")
    yield variant(of, "bce.slope_twice", slope)
