"""What a sweep says: its settings, its state, a point's losses, and what keeps it from being begun."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from engine.protocol import Spread, SweepAxis, SweepPart, SweepPlan, past_plan
from engine.spec import (
    ExperimentSpec,
    Fault,
    InTurn,
    configurations,
    path_in_words,
    sweep_memory,
    sweepable,
    why_in_turn,
)
from engine.spec.sizes import in_words
from gui.look.numbers import short
from gui.look.wording import fault_text, hyper_title
from gui.views.parity.pair_words import WORDS

from .turn_words import turns_text

translate = QCoreApplication.translate


def field_title(optimizer: str, path: Sequence[str | int]) -> str:
    """Return ``Learning rate (lr)``: as a person says it, and as torch does."""
    found = next((field for field in sweepable(optimizer) if field.path == tuple(path)), None)
    name = path_in_words(tuple(path))
    return f"{hyper_title(found)} ({name})" if found else name


def count_text(spec: ExperimentSpec, plan: SweepPlan) -> str:
    """Say what would be trained, what memory it takes, and where it goes one after another."""
    text = translate("sweep", "{count} configurations, about {memory} of memory")
    text = text.format(count=f"{configurations(plan):,}", memory=in_words(sweep_memory(spec, plan)))
    turns = turns_text(why_in_turn(spec, spec.optimizers[plan.entry]))
    return translate("sweep", "{text}; {more}").format(text=text, more=turns) if turns else text


def settings_text(spec: ExperimentSpec, plan: SweepPlan, why: InTurn | None = None) -> str:
    """Say of which entry, over what, from where: what the picture is of; ``why`` it is trained one after another."""
    parts = [spec.labels[plan.entry], *map(_axis_text, plan.axes)]
    parts.append(translate("sweep", "{steps} steps").format(steps=f"{plan.steps:,}"))
    if len(plan.seeds) > 1:
        text = translate("sweep", "{count} seeds ({first} … {last})")
        parts.append(text.format(count=len(plan.seeds), first=plan.seeds[0], last=plan.seeds[-1]))
    elif plan.seeds:
        parts.append(translate("sweep", "seed {seed}").format(seed=plan.seeds[0]))
    if why is not None:
        parts.append(turns_text(why))
    return " · ".join(parts)


def _axis_text(axis: SweepAxis) -> str:
    first, last = short(axis.values[0]), short(axis.values[-1])
    if axis.log:
        text = translate("sweep", "{name} {first} … {last}, {count} values, logarithmic")
    else:
        text = translate("sweep", "{name} {first} … {last}, {count} values")
    return text.format(name=path_in_words(axis.path), first=first, last=last, count=len(axis.values))


def state_text(part: SweepPart) -> str:
    """Say how far it is, and how many came to nothing."""
    steps = {"step": f"{part.step:,}", "steps": f"{part.plan.steps:,}"}
    match part.state:
        case "finished":
            text = translate("sweep", "Finished: {steps} steps each, {seconds} s of compute")
        case "cancelled":
            text = translate("sweep", "Cancelled at step {step} of {steps}: these are the losses there")
        case "paused":
            text = translate("sweep", "Paused at step {step} of {steps}")
        case _:
            text = translate("sweep", "Step {step} of {steps}")
    text = text.format(seconds=short(part.seconds, 2), **steps)
    diverged = int(part.diverged.sum())
    if not diverged:
        return text
    if len(part.plan.axes) > 1:
        more = translate("sweep", "{count} of {all} diverged (hatched)")
    else:
        more = translate("sweep", "{count} of {all} diverged (marked at the top)")
    more = more.format(count=f"{diverged:,}", all=f"{part.diverged.size:,}")
    return f"{text} · {more}"


def plan_text(spec: ExperimentSpec, part: SweepPart) -> str:
    """Tell where torch's schedule would have raised; empty where it would not."""
    told = past_plan(spec.optimizers[part.plan.entry], part.step, WORDS)
    return f"⚠ {told}" if told else ""


def lost_text(part: SweepPart | None) -> str:
    if part is None:
        return translate("sweep", "The engine stopped before the sweep had told anything. Start it again.")
    text = translate("sweep", "The engine stopped at step {step} of {steps}: these are the losses there")
    return text.format(step=f"{part.step:,}", steps=f"{part.plan.steps:,}")


def point_text(part: SweepPart, spread: Spread, at: tuple[int, int], is_best: bool) -> str:
    """Say a point's hyperparameters and what its losses are."""
    lost, seeds = int(spread.diverged[at]), part.losses.shape[2]
    values = values_text(part.plan, at)
    if lost == seeds:
        return translate("sweep", "{values}: diverged").format(values=values)
    losses = short(float(spread.median[at]), 5)
    if seeds > 1:
        ends = {"low": short(float(spread.low[at]), 4), "high": short(float(spread.high[at]), 4)}
        losses = translate("sweep", "{median} (median; {low} … {high})").format(median=losses, **ends)
    text = translate("sweep", "{values}: loss {losses}").format(values=values, losses=losses)
    if lost:
        more = translate("sweep", "{count} of {seeds} seeds diverged").format(count=lost, seeds=seeds)
        text = f"{text}, {more}"
    return translate("sweep", "Lowest: {text}").format(text=text) if is_best else text


def values_text(plan: SweepPlan, at: tuple[int, int]) -> str:
    """Say the values at a point: ``lr 0.01, momentum 0.9``."""
    pairs = zip(plan.axes, at, strict=False)
    return ", ".join(f"{path_in_words(axis.path)} {short(axis.values[place], 4)}" for axis, place in pairs)


def plan_fault_text(fault: Fault, optimizer: str, plan: SweepPlan | None) -> str:
    """Say which field of the plan is wrong, and what is wrong with it."""
    return told(_place(fault, optimizer, plan), fault)


def told(place: str, fault: Fault) -> str:
    return translate("sweep", "{place} {text}").format(place=place, text=fault_text(fault))


def _place(fault: Fault, optimizer: str, plan: SweepPlan | None) -> str:
    match fault.path:
        case ("axes", int(number), *_) if plan is not None and number < len(plan.axes):
            return field_title(optimizer, plan.axes[number].path)
        case ("steps", *_):
            return translate("sweep", "Steps")
        case ("seeds", *_):
            return translate("sweep", "Seeds")
        case ("entry", "params", *rest):
            return field_title(optimizer, rest)
    return translate("sweep", "The values")


def empty_text(has_spec: bool) -> str:
    if not has_spec:
        return translate("sweep", "The experiment has faulty entries")
    return translate(
        "sweep",
        "Train one entry with many values of a hyperparameter at once:\nchoose a range above and press Start.",
    )


def waiting_text() -> str:
    return translate("sweep", "Drawing the weights…")


def all_diverged_text() -> str:
    return translate("sweep", "Everything diverged")
