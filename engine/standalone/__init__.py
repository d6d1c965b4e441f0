"""Write an experiment as a script or a notebook that stands alone, and ends in the very numbers of the window."""

from .cells import Backend
from .loaded_data import is_loaded
from .written import BACKENDS, notebook_of, script_of

__all__ = ["BACKENDS", "Backend", "is_loaded", "notebook_of", "script_of"]
