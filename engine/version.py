"""Which Lockstep this is."""

import tomllib
from pathlib import Path


def version() -> str:
    project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["version"]
