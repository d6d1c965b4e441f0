"""What is said of an earlier run, beside the tables of it."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from engine.session_file import LossesApart
from gui.files.earlier_run import EarlierRun
from gui.session.param_words import changed

from .settings import Difference

translate = QCoreApplication.translate


def invitation() -> str:
    """Say what may be opened, where nothing is."""
    return translate(
        "earlier",
        "A session, a report, or the folder that a run was written to, can be laid beside this run: its curves in the"
        " race, its lines in the table, and here how far the two are apart.",
    )


def strangers() -> str:
    return translate("earlier", "The two have no lane of the same name: there is nothing to compare number by number.")


def not_begun() -> str:
    return translate("earlier", "How far the two are apart is told from the first step on.")


def verdict(compared: Mapping[str, LossesApart]) -> str:
    """Say up to which step the losses of all common lanes are equal; nothing before they are compared."""
    if not compared:
        return ""
    firsts = [one.first for one in compared.values() if one.first is not None]
    steps = max(one.steps for one in compared.values())
    if not firsts:
        text = translate("earlier", "Every loss of the {steps} steps in both is equal, bit for bit.")
        return text.format(steps=f"{steps:,}")
    if min(firsts) == 1:
        return translate("earlier", "The losses differ from step 1 on.")
    text = translate("earlier", "The losses are equal, bit for bit, up to step {step}.")
    return text.format(step=f"{min(firsts) - 1:,}")


def of_part(run: EarlierRun) -> str:
    """Say of how many steps the losses are known, where they are not of all."""
    if run.every == 1:
        return ""
    text = translate("earlier", "The report has the loss of one step in {every}: those are compared.")
    return text.format(every=f"{run.every:,}")


def of_weights(run: EarlierRun, step: int) -> str:
    """Say why weights are not compared where the run at hand stands after ``step``."""
    if not run.weights:
        return translate("earlier", "It was written without weights.")
    if step == run.weights_at:
        return ""
    text = translate(
        "earlier", "Its weights are those after step {step}: they are compared where this run stands there, too."
    )
    return text.format(step=f"{run.weights_at:,}")


def of_settings(run: EarlierRun, found: Sequence[Difference]) -> str:
    """Say how many settings differ, and what was changed while the earlier run went on."""
    if run.spec is None:
        return translate("earlier", "The files of a run do not tell its settings; a session or a report does.")
    first = translate("earlier", "Settings that differ: {count}").format(count=len(found))
    return "\n".join([first if found else translate("earlier", "All settings are the same."), *_changes(run)])


def _changes(run: EarlierRun) -> Iterator[str]:
    if run.spec is None:
        return
    for step, entry, before, after in run.changes:
        name = run.spec.optimizers[entry].name
        line = translate("earlier", "In the earlier run, changed after step {step}: {label} {what}")
        what = changed(name, before, after) if name else ""
        yield line.format(step=f"{step:,}", label=run.spec.labels[entry], what=what).strip()
