"""What is told of data that a file holds: the numbers by which x was standardised, and the classes' names."""

from collections.abc import Iterator
from typing import Any

from engine.spec import ExperimentSpec
from engine.spec.faults import cut, one_line

MOST_COLUMNS = 5  # that are told in a line


def data_in_words(spec: ExperimentSpec) -> Iterator[str]:
    """Yield the line that tells mean and standard deviation of x's columns, where it was standardised."""
    source = None if spec.data is None else spec.data.source
    if source is None or source.standard is None:
        return
    numbers = list(zip(source.columns, *source.standard, strict=True))
    told = [f"{one_line(cut(name))} (x - {mean:.6g}) / {deviation:.6g}" for name, mean, deviation in numbers]
    more = f", … ({len(told):,})" if len(told) > MOST_COLUMNS else ""
    yield f"x is standardised by the rows that train: {', '.join(told[:MOST_COLUMNS])}{more}"


def data_facts(spec: ExperimentSpec) -> dict[str, Any]:
    """Return what report.json has of them: ``standardized``, by the columns' names, and ``classes``."""
    if spec.data is None:
        return {}
    found: dict[str, Any] = {}
    if (source := spec.data.source) is not None and source.standard is not None:
        columns = zip(source.columns, *source.standard, strict=True)
        found["standardized"] = [{"column": name, "mean": mean, "deviation": by} for name, mean, by in columns]
    if spec.data.classes is not None:
        found["classes"] = list(spec.data.classes)
    return found
