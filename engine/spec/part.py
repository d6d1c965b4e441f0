"""What every part of the experiment file is: frozen, with no field that is not known, and strict scalars."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
