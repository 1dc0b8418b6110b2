"""Bytes of a chart that are not UTF-8, in what Helm's library made of it."""

from collections.abc import Mapping

from chartgen.chart.model import Chart


def undecodable(texts: Mapping[str, str], chart: Chart) -> Mapping[str, str]:
    """Texts in which what was no UTF-8 is a lone surrogate, as ``surrogateescape`` makes of it.

    Go's JSON has U+FFFD there, which is a valid character; Helm's command refuses such a text.
    """
    if not any("\ufffd" in text for text in texts.values()):
        return texts
    contents = chart.files.values()
    if all(map(_is_utf8, contents)) or any(b"\xef\xbf\xbd" in content for content in contents):
        return texts  # it is somebody's character
    return {name: text.replace("\ufffd", "\udcff") for name, text in texts.items()}


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
