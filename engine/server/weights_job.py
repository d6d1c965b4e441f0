"""A lane's weights as a file's content, where the run stands."""

from collections.abc import Iterator

from engine.backends.weights_out import kept_by, packed_weights
from engine.protocol import PackedWeights, PackWeights
from engine.run.lockstep import Lockstep


def weights_job(run: Lockstep, command: PackWeights) -> Iterator[PackedWeights]:
    """Yield the content of the file that is asked for."""
    kept = kept_by(run, run.lanes[command.lane].lane)
    yield PackedWeights(command.job, run.step, packed_weights(run.spec, kept, command.format))
