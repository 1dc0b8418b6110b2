"""Why a table cannot be put into a README."""


class Refused(Exception):
    """The reason, in the house's manner, what to do about it, and the 1-based line it is about."""

    def __init__(self, reason: str, hint: str = "", line: int | None = None, *, has_place: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.line = line
        self.has_place = has_place
