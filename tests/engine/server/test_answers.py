"""What the engine says can be read by a window that has neither torch nor the engine's own modules."""

import io
import pickle
from typing import Any

from engine.protocol import (
    CurveRequest,
    Explain,
    Explained,
    Frame,
    FrameRequest,
    LookAtValue,
    MapRequest,
    Run,
    SetParams,
    Stopped,
    Traced,
    TraceStep,
    ValueMaps,
)
from engine.spec import StageBreakpoint, check
from tests.engine.experiments import optimizer, raw_article
from tests.engine.server.test_server import Changed, Load, Loaded, serving

KNOWN = ("builtins", "numpy", "engine.protocol", "engine.spec")


def modules_read(answer: Any) -> set[str]:
    """The modules that reading a message loads."""
    found: set[str] = set()

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            found.add(module)
            return super().find_class(module, name)

    Reader(io.BytesIO(pickle.dumps(answer))).load()
    return found


def test_no_answer_makes_the_window_load_torch() -> None:
    spec = check(raw_article(optimizers=[optimizer("Adam", lr=0.1)]))
    stop = spec.model_copy(update={"breakpoints": (StageBreakpoint(kind="stage", stage="update"),)})
    with serving() as window:
        answers: list[Any] = [window.ready]
        window.send(Load(1, stop), Run(1, 2, None))
        answers += [window.next(Loaded), window.next(Stopped)]
        window.send(Run(1, 1, None, True), SetParams(1, 0, {"lr": 0.2}))
        answers.append(window.next(Changed))
        window.send(FrameRequest(1, CurveRequest(100), MapRequest(0, "layer1.weight", "grad", (9, 9), (0, 0))))
        answers.append(window.next(Frame))
        window.send(TraceStep(1, 0, 1))
        answers.append(window.next(Traced))
        window.send(LookAtValue(1, 0, 1, 0, (9, 9)), Explain(1, 0, 1, 0, "layer1.weight", (0, 1)))
        answers += [window.next(ValueMaps), window.next(Explained)]
    for answer in answers:
        unknown = {module for module in modules_read(answer) if not module.startswith(KNOWN)}
        assert not unknown, type(answer).__name__
