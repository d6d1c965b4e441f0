"""What brings a session's file of an earlier schema to the one of now.

``MIGRATIONS[k]`` takes what ``session.json`` says under schema k and returns what it says under k + 1; members that it
names otherwise are read by the names that it returns. Schema 1 is the first: there is nothing to bring along yet.
"""

from collections.abc import Callable
from typing import Any

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
