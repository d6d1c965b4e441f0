"""The messages between the window's process and the engine's.

The window sends commands and asks for frames; the engine answers. Every message belongs to a
generation: the number of the ``Load`` that began the run. An answer of an older generation is
dropped by the window, a command of one by the engine.
"""

from .debug import (
    Binding,
    Both,
    Call,
    ChainRow,
    Explain,
    Explained,
    Function,
    Line,
    LookAtValue,
    Source,
    Stage,
    StageVerdict,
    Traced,
    TraceStep,
    UpdatePart,
    Value,
    ValueMaps,
)
from .frame import (
    Branch,
    BranchCurves,
    Curve,
    CurveRequest,
    Curves,
    Distance,
    Divergence,
    Frame,
    FrameRequest,
    MapRequest,
    Maps,
    PairParity,
    Quantity,
    Reading,
    Verdict,
)
from .run import (
    HISTORY_BUDGET,
    Beat,
    Change,
    Changed,
    Failed,
    Load,
    Loaded,
    Pause,
    Ready,
    Refused,
    RemoveBranch,
    Run,
    RunBack,
    Seek,
    SetBreakpoints,
    SetBudget,
    SetParams,
    SetRate,
    Stopped,
)

Command = (
    Load
    | Run
    | SetRate
    | Pause
    | SetParams
    | FrameRequest
    | Seek
    | RunBack
    | SetBreakpoints
    | SetBudget
    | RemoveBranch
    | TraceStep
    | LookAtValue
    | Explain
)
Answer = Ready | Loaded | Refused | Failed | Beat | Changed | Frame | Stopped | Traced | ValueMaps | Explained

__all__ = [
    "HISTORY_BUDGET",
    "Answer",
    "Beat",
    "Binding",
    "Both",
    "Branch",
    "BranchCurves",
    "Call",
    "ChainRow",
    "Change",
    "Changed",
    "Command",
    "Curve",
    "CurveRequest",
    "Curves",
    "Distance",
    "Divergence",
    "Explain",
    "Explained",
    "Failed",
    "Frame",
    "FrameRequest",
    "Function",
    "Line",
    "Load",
    "Loaded",
    "LookAtValue",
    "MapRequest",
    "Maps",
    "PairParity",
    "Pause",
    "Quantity",
    "Reading",
    "Ready",
    "Refused",
    "RemoveBranch",
    "Run",
    "RunBack",
    "Seek",
    "SetBreakpoints",
    "SetBudget",
    "SetParams",
    "SetRate",
    "Source",
    "Stage",
    "StageVerdict",
    "Stopped",
    "TraceStep",
    "Traced",
    "UpdatePart",
    "Value",
    "ValueMaps",
    "Verdict",
]
