"""Takes out of what engine and window tell each other how far DIY and torch are apart.

Somebody is to find that out himself, who hunts a bug: both sides' numbers stay, side by side, and every view shows what
is left of a message as it shows any other.
"""

from typing import Any, TypeVar, cast

from engine.protocol import Frame, Maps, NetworkPicture, SetBreakpoints, Stage, Traced, Value, ValueMaps
from engine.spec import Breakpoint, ConditionBreakpoint
from engine.spec.breakpoints import PAIR_QUANTITIES

Said = TypeVar("Said")  # a message, which stays of its kind


def hushed_answer(answer: Said) -> Said:
    """Return an answer without differences, and without what was made of them."""
    told: Any = answer
    if isinstance(told, Frame):
        return cast("Said", _frame(told))
    if isinstance(told, Traced):
        values, stages = map(_value, told.values), map(_stage, told.stages)
        return cast("Said", told._replace(values=tuple(values), stages=tuple(stages)))
    if isinstance(told, ValueMaps) and told.maps is not None:
        return cast("Said", told._replace(maps=_maps(told.maps)))
    return answer


def hushed_command(command: Said) -> Said:
    """Return a command without breakpoints at which only a difference stops; they keep their places."""
    told: Any = command
    if isinstance(told, SetBreakpoints):
        return cast("Said", told._replace(breakpoints=_breakpoints(told.breakpoints)))
    spec: Any = getattr(told, "spec", None)
    if spec is None or not any(map(is_of_pair, spec.breakpoints)):
        return command
    return told._replace(spec=spec.model_copy(update={"breakpoints": _breakpoints(spec.breakpoints)}))


def is_of_pair(breakpoint_: Breakpoint) -> bool:
    """Tell whether it stops where DIY and torch are apart."""
    return isinstance(breakpoint_, ConditionBreakpoint) and breakpoint_.quantity in PAIR_QUANTITIES


def _breakpoints(breakpoints: tuple[Breakpoint, ...]) -> tuple[Breakpoint, ...]:
    return tuple(one.model_copy(update={"enabled": False}) if is_of_pair(one) else one for one in breakpoints)


def _frame(frame: Frame) -> Frame:
    maps = None if frame.maps is None else _maps(frame.maps)
    network = None if frame.network is None else _network(frame.network)
    of_both = frame.learned is not None and frame.learned.request.side == "delta"
    return frame._replace(maps=maps, pairs=(), network=network, learned=None if of_both else frame.learned)


def _network(picture: NetworkPicture) -> NetworkPicture:
    return picture._replace(maps=tuple(map(_maps, picture.maps)))


def _maps(maps: Maps) -> Maps:
    reading = None if maps.reading is None else maps.reading._replace(delta=None, ulps=None)
    return maps._replace(delta=None, ulps=None, delta_scale=0.0, ulps_scale=0.0, reading=reading, hides=True)


def _value(value: Value) -> Value:
    return value if value.twin is None else value._replace(distance=None, verdict="hidden")


def _stage(stage: Stage) -> Stage:
    return stage._replace(distance=None, verdict="hidden")
