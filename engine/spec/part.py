"""What every part of the experiment file is: frozen, with no field that is not known, and strict scalars."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LARGEST_SEED = 2**32 - 1  # torch's CPU generator (mt19937) is seeded by 32 bits

Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
