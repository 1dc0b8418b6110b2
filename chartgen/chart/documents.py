"""The YAML files of a chart as data with positions, each read once."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from chartgen.chart.model import Chart
from chartgen.location import Location, Pointer
from chartgen.yamlread import Document, read
from chartgen.yamlscalar import YamlError

Known = dict[str, Document | YamlError | None]
"""Files that were read, by path: the document, the error where it does not parse, None where there is no such file."""


_SHORT = 10_000
"""Characters of a text that takes little room when it is kept."""


def read_once(text: str) -> Document | YamlError:
    """A YAML text as a document, or why it is none. The last ones are known: several want to know what is in a file.

    Charts are looked at before they render and again when they have, and many others are looked at in between.
    """
    return _short(text) if len(text) < _SHORT else _long(text)


def _read(text: str) -> Document | YamlError:
    try:
        return read(text)
    except YamlError as error:
        return error.with_traceback(None)


_short = lru_cache(maxsize=512)(_read)
_long = lru_cache(maxsize=24)(_read)


class Documents:
    """Reads the YAML files of one chart; ``known`` is shared with others who do."""

    def __init__(self, chart: Chart, known: Known | None = None) -> None:
        self.chart = chart
        self._known: Known = {} if known is None else known

    def document(self, path: str) -> Document | YamlError | None:
        """A YAML file of the chart with positions; the error when it does not parse, None when it does not exist."""
        if path not in self._known:
            text = self.chart.text(path)
            self._known[path] = None if text is None else read_once(text)
        return self._known[path]

    def data(self, path: str) -> Mapping[str, Any]:
        """The mapping in a YAML file of the chart; empty when there is none."""
        document = self.document(path)
        return document.data if isinstance(document, Document) and isinstance(document.data, dict) else {}

    def locate(self, path: str, pointer: Pointer = Pointer(), *, key: bool = False) -> Location:
        """A place in a file of the chart, relative to its folder, with its line when that is known."""
        document = self.document(path) if path.endswith((".yaml", ".yml", ".json", ".lock")) else None
        if isinstance(document, Document):
            return document.locate(pointer, key=key, file=path)
        return Location(path, pointer=pointer)
