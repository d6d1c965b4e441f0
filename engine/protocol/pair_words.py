"""A pair's verdict in a sentence: the same on a terminal, in a report and, translated, in the window.

The English templates stand here once; the window translates them in the context "parity".
"""

from collections.abc import Mapping

import numpy as np

from .number_words import counted, exact, place, rounded
from .parity import Distance, Drift, Instability, Mismatch, NotFinite, PairParity

Finding = Mismatch | Instability | NotFinite

NOT_LOCALISED = "not localised"  # a divergence's stage where every stage by itself is right
LARGE = 1.0  # from there on a distance says little without the numbers that it is between

PAIR_WORDS: dict[str, str] = {
    "pair_waiting": "nothing compared before the first step",
    "pair_equal": "in lockstep, every number equal",
    "pair_lockstep": "in lockstep, max |Δ| {distance}",
    "pair_rounding": "in lockstep, apart by rounding alone",
    "pair_drift_random": "in lockstep, rounding drift up to {distance} since step {step}, growing at random",
    "pair_drift_steady": "in lockstep, rounding drift up to {distance} since step {step}, growing steadily",
    "pair_drift_random_now": "in lockstep, rounding drift since step {step}, by now {distance}, growing at random",
    "pair_drift_steady_now": "in lockstep, rounding drift since step {step}, by now {distance}, growing steadily",
    "pair_mended": "in lockstep since step {step}, after the change of code",
    "pair_mended_apart": "in lockstep since step {step}, after the change of code, but for the state that the code "
    "before left to it",
    "pair_changed": "its code was changed after step {step}, and what runs since is not judged yet",
    "pair_before": "Before the change of code: {told}.",
    "pair_differs": "differs at step {step}, stage {stage}, {place}: DIY {diy}, torch {torch}",
    "pair_differs_whole": "differs at step {step}, {place}: DIY {diy}, torch {torch}; "
    "every stage by itself is right, the step as a whole is not",
    "pair_unstable": "unstable at step {step}, stage {stage}, {place}: right in exact arithmetic, but loses digits "
    "that torch keeps; DIY's error {diy}, torch's {torch}",
    "pair_overflow": "unstable at step {step}, stage {stage}, {place}: right in exact arithmetic, but comes to NaN or "
    "infinity where torch does not; torch's error {torch}",
    "pair_not_finite_diy": "not finite from step {step} on, in DIY first: stage {stage}, {place}",
    "pair_not_finite_torch": "not finite from step {step} on, in torch first: stage {stage}, {place}",
    "pair_not_finite_both": "not finite from step {step} on, in DIY and torch at once: stage {stage}, {place}",
    "pair_distance": "{distance} ({count} ULP)",
    "pair_ulps": "{count} ULP",
    "pair_relative": "{distance} (relative)",
    "pair_as_large": "as much as the numbers themselves",
    "pair_judged": "Last judged at step {step}; the steps between two judgements are screened.",
    "pair_not_judged": "Not judged yet; every step is screened.",
    "pair_updates_judged": "The updates of own code are judged up to step {step}; later ones are compared alone.",
    "pair_log_differs": "differs at step {step}, stage {stage}, {place}: log {diy}, torch {torch}",
    "pair_not_finite_log": "not finite from step {step} on, in the log first: stage {stage}, {place}",
    "pair_unlogged": "{told}; not logged, so not judged: {what}",
    "pair_loss_alone": "{told}; judged at step 1 alone, as no weights are logged to take others from",
    "pair_log_judged": "The log is judged up to step {step}; later steps are compared alone.",
    "unlogged_loss": "loss",
    "unlogged_grad": "gradients",
    "unlogged_weight": "weights",
    "unlogged_state": "optimizer state",
    "past_plan": "past the end of OneCycleLR's plan: in step {step} torch would have raised ValueError, here the last "
    "rate is kept",
    "pair_worst": "Largest |Δ| of the run: {distance}.",
}


def finding_of(pair: PairParity) -> Finding | None:
    """Return what the pair was convicted of, and so where; None in lockstep."""
    return pair.mismatch or pair.unstable or pair.not_finite


def pair_kind(pair: PairParity) -> str:
    """Return the verdict in brief: ``drift`` for a lockstep with drift, ``waiting`` before anything was compared."""
    if pair.verdict != "lockstep":
        return pair.verdict
    if pair.before is not None:
        return "lockstep" if pair.judged else "waiting"
    if pair.drift is not None:
        return "drift"
    return "lockstep" if pair.farthest is not None else "waiting"


def pair_sentence(pair: PairParity, dtype: str, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell what a pair was found to be, in a line without its label; of a log also what of it is not judged."""
    told = _told_of(finding_of(pair), dtype, words, of_log=pair.unlogged is not None) or _lockstep(pair, dtype, words)
    if pair.unlogged is None or pair.verdict != "lockstep" or pair.farthest is None:
        return told
    if "weight" in pair.unlogged:
        return words["pair_loss_alone"].format(told=told)
    what = ", ".join(words[f"unlogged_{one}"] for one in pair.unlogged)
    return words["pair_unlogged"].format(told=told, what=what) if what else told


def _told_of(finding: Finding | None, dtype: str, words: Mapping[str, str], *, of_log: bool = False) -> str:
    """Tell a finding, of a log in DIY's place in its own words; empty for none."""
    match finding:
        case Mismatch() as found:
            numbers = {"diy": exact(found.diy, dtype), "torch": exact(found.torch, dtype)}
            kind = "differs_whole" if found.stage == NOT_LOCALISED else "log_differs" if of_log else "differs"
            return _told(found, words[f"pair_{kind}"], **numbers)
        case Instability() as found:
            numbers = {"diy": rounded(found.diy_error), "torch": rounded(found.torch_error)}
            finite = np.isfinite(found.diy_error)
            return _told(found, words["pair_unstable" if finite else "pair_overflow"], **numbers)
        case NotFinite() as found:
            side = found.sides[0] if len(found.sides) == 1 else "both"
            side = "log" if side == "diy" and of_log else side
            return _told(found, words[f"pair_not_finite_{side}"])
        case None:
            return ""


def before_text(pair: PairParity, dtype: str, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell what the code was found to be that ran before the one at hand; empty where that was in lockstep."""
    told = _told_of(pair.before, dtype, words)
    return words["pair_before"].format(told=told) if told else ""


def _told(found: Finding, template: str, **numbers: str) -> str:
    where = place(found.tensor, found.index)
    return template.format(step=f"{found.step:,}", stage=found.stage, place=where, **numbers)


def _lockstep(pair: PairParity, dtype: str, words: Mapping[str, str]) -> str:
    newest = pair.farthest
    if newest is None:
        return words["pair_waiting"]
    if pair.before is not None and not pair.judged:
        return words["pair_changed"].format(step=f"{pair.since:,}")
    if pair.before is not None or pair.inherits:
        return words["pair_mended_apart" if pair.inherits else "pair_mended"].format(step=f"{pair.since + 1:,}")
    if pair.drift is not None:
        return drift_text(pair.drift, newest, dtype, words)
    if newest.max_abs == 0:
        return words["pair_equal"]
    distance = distance_text(newest, dtype, words)
    return words["pair_lockstep"].format(distance=distance) if distance else words["pair_rounding"]


def drift_text(drift: Drift, newest: Distance, dtype: str, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell since when rounding has drifted, how far at the most (of large numbers: by now), and how it grows."""
    key, far = f"pair_drift_{drift.growth}", rounded(drift.max_abs)
    if drift.max_abs >= LARGE:
        key, far = f"{key}_now", distance_text(newest, dtype, words) or words["pair_as_large"]
    return words[key].format(step=f"{drift.since:,}", distance=far)


def distance_text(distance: Distance, dtype: str, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell how far it is: ``3.0e−08 (2 ULP)``; of large numbers in ULPs or relatively; empty where none of it tells."""
    count = counted(distance.ulps)
    if distance.max_abs < LARGE:
        distance_alone = rounded(distance.max_abs)
        if not count or not distance.max_abs:
            return distance_alone
        return words["pair_distance"].format(distance=distance_alone, count=count)
    if count:
        return words["pair_ulps"].format(count=count)
    relative = min(distance.max_rel, distance.ulps * float(np.finfo(dtype).eps))  # of the one element, or of all
    return words["pair_relative"].format(distance=rounded(relative)) if relative < 1 else ""


def worst_text(pair: PairParity, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell the run's largest distance; empty where numbers were so large that it says nothing."""
    return words["pair_worst"].format(distance=rounded(pair.worst)) if pair.worst < LARGE else ""


def judged_text(pair: PairParity, words: Mapping[str, str] = PAIR_WORDS) -> str:
    """Tell up to where the verdict was heard; a pair that is convicted is heard no more."""
    if pair.verdict != "lockstep":
        return ""
    if not pair.judged:
        return words["pair_not_judged"]
    told = words["pair_judged"].format(step=f"{pair.judged:,}")
    if pair.updates_judged is None or pair.updates_judged >= pair.judged:
        return told
    key = "pair_updates_judged" if pair.unlogged is None else "pair_log_judged"
    return f"{told} {words[key].format(step=f'{pair.updates_judged:,}')}"
