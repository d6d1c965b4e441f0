"""Makes the comparison, or the record, that suits the size of a pair's tensors."""

from engine.lane.layout import Layout

from .block_comparison import BlockComparison, BlockRecord
from .live_comparison import LiveComparison, LiveRecord
from .records import Comparison, Record, is_large, rows_of


def comparison_of(layout: Layout, dtype: str) -> Comparison:
    """Make the comparison that suits a pair's size."""
    if not is_large(layout, dtype):
        return BlockComparison(layout, dtype)
    return LiveComparison(layout, dtype)


def record_of(layout: Layout, dtype: str) -> Record:
    """Make a record by itself, of a lane that has no partner."""
    if not is_large(layout, dtype):
        return BlockRecord(layout, dtype, rows_of(layout, dtype))
    return LiveRecord(layout, dtype)
