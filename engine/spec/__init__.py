"""What a person fills in: the experiment, its checks and its faults. Shared by both processes.

Pure data: nothing in here trains, and nothing imports Qt or torch.
"""

from .breakpoint_checks import lane_ids, pair_labels
from .breakpoints import (
    KINDS,
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
    labels_of,
    layout,
)
from .sizes import memory_needed, weight_shapes
from .textbook import textbook_files, textbook_lines

__all__ = [
    "ACTIVATION_NAMES",
    "BACKENDS",
    "DEVICES",
    "DTYPES",
    "KINDS",
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
    "labels_of",
    "lane_ids",
    "layout",
    "load",
    "memory_needed",
    "optimizer_names",
    "pair_labels",
    "read",
    "state_names",
    "textbook_files",
    "textbook_lines",
    "torch_state",
    "weight_shapes",
]
