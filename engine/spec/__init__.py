"""What a person fills in: the experiment, its checks and its faults. Shared by both processes.

Pure data: nothing in here trains, and nothing imports Qt or torch.
"""

from .breakpoints import (
    OPS,
    PAIR_QUANTITIES,
    QUANTITIES,
    STAGE_KINDS,
    Breakpoint,
    ConditionBreakpoint,
    LineBreakpoint,
    StageBreakpoint,
)
from .check import ExperimentError, check, load
from .faults import TEMPLATES, Fault
from .files import LARGEST_FILE, read
from .hyperparameters import HyperField, complete, hyper_fields, optimizer_names, state_names, torch_state
from .model import (
    ACTIVATION_NAMES,
    BACKENDS,
    DEVICES,
    DTYPES,
    LOSS_NAMES,
    Batch,
    Data,
    ExperimentSpec,
    GivenStart,
    LayerSpec,
    NetworkSpec,
    OptimizerSpec,
    SeedStart,
    layout,
)
from .sizes import memory_needed, weight_shapes

__all__ = [
    "ACTIVATION_NAMES",
    "BACKENDS",
    "DEVICES",
    "DTYPES",
    "LARGEST_FILE",
    "LOSS_NAMES",
    "OPS",
    "PAIR_QUANTITIES",
    "QUANTITIES",
    "STAGE_KINDS",
    "TEMPLATES",
    "Batch",
    "Breakpoint",
    "ConditionBreakpoint",
    "Data",
    "ExperimentError",
    "ExperimentSpec",
    "Fault",
    "GivenStart",
    "HyperField",
    "LayerSpec",
    "LineBreakpoint",
    "NetworkSpec",
    "OptimizerSpec",
    "SeedStart",
    "StageBreakpoint",
    "check",
    "complete",
    "hyper_fields",
    "layout",
    "load",
    "memory_needed",
    "optimizer_names",
    "read",
    "state_names",
    "torch_state",
    "weight_shapes",
]
