"""Why a run has stopped or ended, in words."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import StepFailed, Stopped
from engine.spec import ConditionBreakpoint, ExperimentSpec
from gui.forms.breakpoints.words import summary
from gui.look.lanes import backend_name, lanes_of
from gui.look.numbers import short

translate = QCoreApplication.translate

DIGITS = 5  # of the number that was measured


def stop_text(stop: Stopped, spec: ExperimentSpec) -> str:
    """Say why the run stopped. ``spec``: the experiment whose breakpoints are meant."""
    if stop.breakpoint is None:
        return _not_finite(stop, spec)
    if stop.breakpoint >= len(spec.breakpoints):
        return translate("stops", "Stopped in step {step}.").format(step=f"{stop.step:,}")
    one = spec.breakpoints[stop.breakpoint]
    told = {"step": f"{stop.step:,}", "why": summary(one.model_dump(), spec.problem is None)}
    if not isinstance(one, ConditionBreakpoint):
        return translate("stops", "Stopped in step {step}. {why}").format(**told)
    if stop.value is None:
        return translate("stops", "Stopped in step {step}, before its update. {why}").format(**told)
    text = translate("stops", "Stopped in step {step}, before its update. {why}: {value} in {lane}")
    return text.format(**told, value=short(stop.value, DIGITS), lane=_lane(stop, spec))


def step_failed_text(failed: StepFailed) -> str:
    """Say what a backend raised, in which step of which optimizer entry."""
    text = translate(
        "stops",
        "{backend} raised in step {step} of {label}: {reason}. The run has ended; nothing that you typed is lost.",
    )
    told = {"backend": backend_name(failed.backend), "step": f"{failed.step:,}", "label": failed.label}
    return text.format(**told, reason=failed.detail.rstrip("."))


def _not_finite(stop: Stopped, spec: ExperimentSpec) -> str:
    where = [stop.tensor or ""]
    if stop.stage:
        where.append(translate("stops", "stage {stage}").format(stage=stop.stage))
    if stop.file and stop.line:
        where.append(translate("stops", "{file} line {line}").format(file=stop.file, line=stop.line))
    if stop.lane:
        where.append(translate("stops", "lane {lane}").format(lane=_lane(stop, spec)))
    text = translate(
        "stops",
        "A number that is not finite arose in step {step}: {where}. "
        "The weights are those before the update; the run can go on.",
    )
    return text.format(step=f"{stop.step:,}", where=translate("stops", ", ").join(filter(None, where)))


def _lane(stop: Stopped, spec: ExperimentSpec) -> str:
    """As the legend calls it; a pair by its label."""
    names = {lane.id: lane.name for lane in lanes_of(spec)}
    return names.get(stop.lane or "", stop.lane or "")
