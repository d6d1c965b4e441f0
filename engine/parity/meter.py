"""Makes the meter, or the record, that suits the size of a pair's tensors."""

from engine.lane.layout import Layout

from .block_meter import BlockMeter, BlockRecord
from .live_meter import LiveMeter, LiveRecord
from .records import Meter, Record, is_large, rows_of


def meter_of(layout: Layout, dtype: str) -> Meter:
    """Make the meter that suits a pair's size."""
    if not is_large(layout, dtype):
        return BlockMeter(layout, dtype)
    return LiveMeter(layout, dtype)


def record_of(layout: Layout, dtype: str) -> Record:
    """Make a record by itself, of a lane that has no partner."""
    if not is_large(layout, dtype):
        return BlockRecord(layout, dtype, rows_of(layout, dtype))
    return LiveRecord(layout, dtype)
