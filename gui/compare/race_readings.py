"""What is read off a race: the losses at the crosshair or at the newest step, and where there is something to read."""

from collections.abc import Sequence

from engine.protocol import Race


def newest_losses(race: Race, lanes: Sequence[str]) -> dict[str, float]:
    """By the lanes' ids. Where no table was asked for, a curve's last point is as near as it comes."""
    if len(race.rows) == len(lanes):
        return {lane: row.final for lane, row in zip(lanes, race.rows, strict=True)}
    pairs = zip(lanes, race.curves, strict=True)
    return {lane: float(curve.losses[-1]) for lane, curve in pairs if len(curve.losses)}


def losses_at(race: Race, lanes: Sequence[str]) -> dict[str, float]:
    """At the place that was asked for; a lane that has no loss there yet is left out."""
    pairs = zip(lanes, race.curves, strict=True)
    return {lane: curve.at for lane, curve in pairs if curve.at is not None}


def within(race: Race, place: float) -> float | None:
    """The nearest place of the race's axis that has a loss: a whole one but for seconds."""
    ends = [(float(curve.x[0]), float(curve.x[-1])) for curve in race.curves if len(curve.x)]
    if not ends:
        return None
    nearest = min(max(place, min(end[0] for end in ends)), max(end[1] for end in ends))
    return nearest if race.axis == "seconds" else float(round(nearest))
