"""What is read off a race: the losses at the crosshair or where the run stands, and where there are any."""

from collections.abc import Sequence

from engine.protocol import Race


def standing_losses(race: Race, lanes: Sequence[str]) -> dict[str, float]:
    """Return the losses over all rows where the run stands, by the lanes' ids; none where no table was asked for."""
    return {lane: row.final for lane, row in zip(lanes, race.rows, strict=False)}


def standing_points(race: Race) -> list[tuple[int, float, float]]:
    """Return, of each lane that stands before its curve's end, its index, where on the axis it is, and its loss."""
    if race.step >= race.newest:
        return []
    return [(lane, *curve.here) for lane, curve in enumerate(race.curves) if curve.here is not None]


def losses_at(race: Race, lanes: Sequence[str]) -> dict[str, float]:
    """Return the losses at the place that was asked for, by the lanes' ids; a lane that has none there is left out."""
    pairs = zip(lanes, race.curves, strict=True)
    return {lane: curve.at for lane, curve in pairs if curve.at is not None}


def within(race: Race, place: float) -> float | None:
    """Return the nearest place of the race's axis that has a loss: a whole one but for seconds."""
    ends = [(float(curve.x[0]), float(curve.x[-1])) for curve in race.curves if len(curve.x)]
    if not ends:
        return None
    nearest = min(max(place, min(end[0] for end in ends)), max(end[1] for end in ends))
    return nearest if race.axis == "seconds" else float(round(nearest))
