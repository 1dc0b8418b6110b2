"""Nothing, where ``None`` is something: a value that is not there."""

from enum import Enum
from typing import Final


class Absent(Enum):
    """What stands on the side of a change where there is nothing; ``None`` is a value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT
