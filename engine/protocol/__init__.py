"""The messages between the window's process and the engine's.

The window sends commands and asks for frames; the engine answers. Every message belongs to a
generation: the number of the ``Load`` that began the run. An answer of an older generation is
dropped by the window, a command of one by the engine.
"""

from engine.spec import SweepAxis, SweepPlan

from .curves import Branch, BranchCurves, Curve, CurveRequest, Curves, Evaluated
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
    Path,
    Paths,
    Source,
    Stage,
    StageVerdict,
    Traced,
    TraceStep,
    UpdatePart,
    Value,
    ValueMaps,
)
from .diagnosis import DIAGNOSES, Diagnosis, Place, Words, sentences
from .frame import Frame, FrameRequest
from .jobs import (
    Beside,
    CancelJob,
    CheckCode,
    CodeChecked,
    CodeUse,
    CodeVerdict,
    Diagnosed,
    JobAnswer,
    JobCommand,
    JobFailed,
    JobState,
    MainPlane,
    MakeReport,
    MakeScript,
    OwnText,
    PackedWeights,
    PackWeights,
    PauseJob,
    Plane,
    RandomPlane,
    Recording,
    Report,
    ResumeJob,
    Script,
    ScriptForm,
    StartDiagnosis,
    StartJob,
    StartSurface,
    StartSweep,
    StartVerify,
    StopJob,
    SurfacePart,
    SweepPart,
    ValueArrays,
    Verified,
    WeightFormat,
    WeightPlane,
)
from .learned import (
    Accuracies,
    Confusion,
    Learned,
    LearnedPage,
    LearnedRequest,
    OverInputs,
    Predictions,
)
from .maps import (
    LayerPass,
    MapRequest,
    Maps,
    NetworkPicture,
    PictureRequest,
    Quantity,
    Reading,
    Responses,
    RowPass,
    Side,
)
from .number_words import COORDINATES, MINUS, MOST_ULPS, counted, exact, in_percent, place, rounded, with_minus
from .pair_words import (
    LARGE,
    PAIR_WORDS,
    Finding,
    distance_text,
    finding_of,
    judged_text,
    pair_kind,
    pair_sentence,
    worst_text,
)
from .parcel import receive_message, send_message
from .parity import (
    Distance,
    Drift,
    Growth,
    Instability,
    Mismatch,
    NotFinite,
    PairParity,
    Verdict,
)
from .race import Axis, Race, RaceCurve, RacePath, RaceRequest, RaceRow
from .report_words import REPORT_WORDS
from .run import (
    HISTORY_BUDGET,
    Change,
    Changed,
    CodeRefused,
    CodeStopped,
    Failed,
    Future,
    Heartbeat,
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
    SetCode,
    SetParams,
    SetRate,
    StepFailed,
    Stopped,
    code_after,
    params_after,
)
from .scale import LossScale, loss_scale
from .schedule_words import past_plan, past_plans
from .sweep_results import TURN_WORDS, Spread, in_turn_text, lowest, spread_of, sweep_rows

Command = (
    Load
    | Run
    | SetRate
    | Pause
    | SetParams
    | SetCode
    | FrameRequest
    | Seek
    | RunBack
    | SetBreakpoints
    | SetBudget
    | RemoveBranch
    | TraceStep
    | LookAtValue
    | Explain
    | JobCommand
)
Answer = (
    Ready
    | Loaded
    | Refused
    | Failed
    | Heartbeat
    | Changed
    | Frame
    | Stopped
    | CodeStopped
    | CodeRefused
    | Traced
    | ValueMaps
    | Explained
    | JobAnswer
)

__all__ = [
    "COORDINATES",
    "DIAGNOSES",
    "HISTORY_BUDGET",
    "LARGE",
    "MINUS",
    "MOST_ULPS",
    "PAIR_WORDS",
    "REPORT_WORDS",
    "TURN_WORDS",
    "Accuracies",
    "Answer",
    "Axis",
    "Beside",
    "Binding",
    "Both",
    "Branch",
    "BranchCurves",
    "Call",
    "CancelJob",
    "ChainRow",
    "Change",
    "Changed",
    "CheckCode",
    "CodeChecked",
    "CodeRefused",
    "CodeStopped",
    "CodeUse",
    "CodeVerdict",
    "Command",
    "Confusion",
    "Curve",
    "CurveRequest",
    "Curves",
    "Diagnosed",
    "Diagnosis",
    "Distance",
    "Drift",
    "Evaluated",
    "Explain",
    "Explained",
    "Failed",
    "Finding",
    "Frame",
    "FrameRequest",
    "Function",
    "Future",
    "Growth",
    "Heartbeat",
    "Instability",
    "JobAnswer",
    "JobCommand",
    "JobFailed",
    "JobState",
    "LayerPass",
    "Learned",
    "LearnedPage",
    "LearnedRequest",
    "Line",
    "Load",
    "Loaded",
    "LookAtValue",
    "LossScale",
    "MainPlane",
    "MakeReport",
    "MakeScript",
    "MapRequest",
    "Maps",
    "Mismatch",
    "NetworkPicture",
    "NotFinite",
    "OverInputs",
    "OwnText",
    "PackWeights",
    "PackedWeights",
    "PairParity",
    "Path",
    "Paths",
    "Pause",
    "PauseJob",
    "PictureRequest",
    "Place",
    "Plane",
    "Predictions",
    "Quantity",
    "Race",
    "RaceCurve",
    "RacePath",
    "RaceRequest",
    "RaceRow",
    "RandomPlane",
    "Reading",
    "Ready",
    "Recording",
    "Refused",
    "RemoveBranch",
    "Report",
    "Responses",
    "ResumeJob",
    "RowPass",
    "Run",
    "RunBack",
    "Script",
    "ScriptForm",
    "Seek",
    "SetBreakpoints",
    "SetBudget",
    "SetCode",
    "SetParams",
    "SetRate",
    "Side",
    "Source",
    "Spread",
    "Stage",
    "StageVerdict",
    "StartDiagnosis",
    "StartJob",
    "StartSurface",
    "StartSweep",
    "StartVerify",
    "StepFailed",
    "StopJob",
    "Stopped",
    "SurfacePart",
    "SweepAxis",
    "SweepPart",
    "SweepPlan",
    "TraceStep",
    "Traced",
    "UpdatePart",
    "Value",
    "ValueArrays",
    "ValueMaps",
    "Verdict",
    "Verified",
    "WeightFormat",
    "WeightPlane",
    "Words",
    "code_after",
    "counted",
    "distance_text",
    "exact",
    "finding_of",
    "in_percent",
    "in_turn_text",
    "judged_text",
    "loss_scale",
    "lowest",
    "pair_kind",
    "pair_sentence",
    "params_after",
    "past_plan",
    "past_plans",
    "place",
    "receive_message",
    "rounded",
    "send_message",
    "sentences",
    "spread_of",
    "sweep_rows",
    "with_minus",
    "worst_text",
]
