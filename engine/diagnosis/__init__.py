"""What keeps a training from going well, told with its evidence: a sign a file in ``signs``.

``diagnose`` looks at an entry of a run and yields what it finds, the gravest first. Each sign looks for one thing and
says nothing where it is not sure: what it claims, it has measured.
"""

from .diagnose import diagnose, diagnose_all
from .job import diagnosis_job

__all__ = ["diagnose", "diagnose_all", "diagnosis_job"]
