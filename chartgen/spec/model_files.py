"""The files an application is given, as values."""

from __future__ import annotations

from dataclasses import dataclass

FILE, FOLDER = "file", "folder"
"""What a mounted file hides of the image: what stood at its own path, or all that was in its folder."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A file at an absolute ``path`` in the container, with exactly these bytes.

    ``covers`` is FILE or FOLDER where the spec says it, else empty: the folder, unless others have files there, too.
    """

    path: str
    data: bytes
    covers: str = ""

    @property
    def folder(self) -> str:
        """The path of its folder; ``/`` for a file at the root."""
        return self.path.rpartition("/")[0] or "/"

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def is_text(self) -> bool:
        """Whether a ConfigMap can hold it as text: UTF-8, and without the NUL that YAML has no place for."""
        try:
            return "\0" not in self.data.decode("utf-8")
        except UnicodeDecodeError:
            return False
