"""What the commands write as JSON."""

import json
import math
from typing import Any


def as_json(content: Any) -> str:
    """Return JSON that people can read too: in lines, and all letters as they are."""
    return json.dumps(plain(content), indent=2, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Write NaN and infinity, which JSON does not know, as the words that float() reads."""
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
