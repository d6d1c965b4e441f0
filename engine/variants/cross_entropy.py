"""Cross entropy, as others write it."""

from collections.abc import Iterator

from .making import Pair, variant
from .reductions import OF_ROWS, loss_reference, of_the_reduction, of_the_sign
from .variant import Reference, Shows, Variant

LOG_P, P = "ln_p = log_softmax(z)", "p = np.exp(log_softmax(z))"
D = "return (p - one_hot(y, z.shape[-1])) / z.shape[-2]"
D_BY_P = "return np.where(one_hot(y, z.shape[-1]), -1 / p, 0) / z.shape[-2]"
THROUGH = "q = np.exp(log_softmax(z))\n    return q * (d - (q * d).sum(axis=-1, keepdims=True))"
"""The gradient of a softmax's logits, from that of its result."""
AGREEING = {"loss.sum_for_mean": "sum of rows", "cross_entropy.divided_by_classes": "over classes"}
SMALL = ("1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15")
"""What people add to a probability, or keep it away from 0 by."""
FAR_OUT = Shows(needs=("far out",))
GIVEN_P = Shows(needs=("probabilities",))


def variants(name: str) -> tuple[Reference, list[Variant]]:
    made = loss_reference(name)
    undivided = [("mean of rows", "sum of rows")]  # listed as cross_entropy.not_divided_by_rows
    reduced = of_the_reduction(made, OF_ROWS, AGREEING, without=undivided)
    return made, [
        *_of_the_softmax(made),
        *_of_small_numbers(made),
        *_of_the_gradient(made),
        *reduced,
        *of_the_sign(made),
    ]


def _of_the_softmax(of: Reference) -> Iterator[Variant]:
    value = (LOG_P, "ln_p = log_softmax(np.exp(log_softmax(z)))")
    gradient = (P, "p = np.exp(log_softmax(np.exp(log_softmax(z))))")
    through = (D, f"d = {D.removeprefix('return ')}\n    {THROUGH}")
    yield variant(of, "cross_entropy.softmax_twice", value, gradient)
    yield variant(of, "cross_entropy.softmax_twice", value, gradient, through)
    yield variant(of, "cross_entropy.softmax_twice/value", value)
    yield variant(of, "cross_entropy.softmax_twice/gradient", gradient)
    given_p = (LOG_P, "ln_p = np.log(z)"), (P, "p = z")
    yield variant(of, "cross_entropy.on_probabilities", *given_p, (D, D_BY_P), shows=GIVEN_P)
    yield variant(of, "cross_entropy.on_probabilities/gradient by logits", *given_p, shows=GIVEN_P)


def _of_small_numbers(of: Reference) -> Iterator[Variant]:
    for eps in SMALL:
        yield from _with(of, "cross_entropy.log_plus_eps", f"{{p}} + {eps}")
        yield from _with(of, "cross_entropy.clipped", f"np.clip({{p}}, {eps}, 1 - {eps})")


def _with(of: Reference, name: str, kept_off: str) -> Iterator[Variant]:
    """``kept_off``: the probability ``{p}`` kept away from 0, of logits and of probabilities as an argument."""
    softmax = "np.exp(log_softmax(z))"
    yield variant(of, name, (LOG_P, f"ln_p = np.log({kept_off.format(p=softmax)})"), shows=FAR_OUT)
    value: Pair = (LOG_P, f"ln_p = np.log({kept_off.format(p='z')})")
    shows = GIVEN_P.and_(FAR_OUT)
    yield variant(of, name, value, (P, "p = z"), shows=shows)
    yield variant(of, name, value, (P, "p = z"), (D, D_BY_P), shows=shows)
    yield variant(of, name, value, (P, f"p = {kept_off.format(p='z')}"), (D, D_BY_P), shows=shows)


def _of_the_gradient(of: Reference) -> Iterator[Variant]:
    undivided = (D, D.removesuffix(" / z.shape[-2]"))
    other = ("loss.gradient_of_other_reduction",)
    yield variant(of, "cross_entropy.not_divided_by_rows", undivided, same_as=other)
    yield variant(of, "cross_entropy.target_missing", (D, "return p / z.shape[-2]"))
