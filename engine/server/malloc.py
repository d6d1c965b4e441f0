"""Keeps memory that a step gave back for the next step.

Every NumPy operation makes a new array. glibc hands arrays beyond a size straight back to the system
and asks for zeroed pages again at the next operation: with 600 × 300 weights that made a step of Adam
twenty times as long as its arithmetic.
"""

import ctypes
import sys

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # malloc.h
KEPT = 1 << 30  # bytes: the most that is kept; larger arrays go to the system at once


def keep_freed_memory() -> None:
    """Keep this process's freed memory, where its C library is glibc; elsewhere do nothing."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, KEPT)
        mallopt(M_TRIM_THRESHOLD, KEPT)
