"""What was found in a chart the last time, under a key of all that a finding depends on.

The key covers every byte of the chart, how the user named it, the policy and its options, the values, the circumstances
of the render, Helm and chartgen themselves. Nothing is remembered of a chart on which a rule failed or a limit was hit,
because those may end otherwise next time.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from chartgen.chart.model import Chart
from chartgen.findings import Finding
from chartgen.policy.model import Policy
from chartgen.tuples import NamedTuple


class Store(Protocol):
    """Keeps texts by key. Losing one is no fault."""

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, or None."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key."""
        ...


class Remembered(NamedTuple):
    """What was found in one chart, and all that a run needs to know of it besides.

    ``used`` and ``spoken_of`` are places in the policy's ``ignores``: of those that were needed, and of those that
    speak of the chart by a path. ``incomplete`` is true when something was not judged, ``crashed`` when a rule failed.
    """

    name: str
    scenarios: int
    objects: int
    found: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    sources: dict[str, str]
    used: tuple[int, ...] = ()
    spoken_of: tuple[int, ...] = ()
    incomplete: bool = False
    crashed: bool = False


class Memory:
    """What is remembered of charts, in a store. ``stamp`` names the tools: chartgen, Helm, and their versions."""

    def __init__(self, store: Store, stamp: str) -> None:
        self._store = store
        self._stamp = _digest((stamp,))  # it is long, and part of every key
        self._policies: dict[int, str] = {}

    def recall(self, chart: Chart, settings: Any, policy: Policy) -> tuple[str, Remembered | None]:
        """A chart's key, and what is remembered under it. The ``repr`` of ``settings`` must hold all that was asked."""
        if id(policy) not in self._policies:
            self._policies[id(policy)] = repr(policy._replace(today="", text="", is_whole=False))
        asked = [self._policies[id(policy)], repr(settings._replace(policy=None))]
        if any(entry.until for entry in policy.ignores) or _has_days(chart):
            asked.append(policy.today)
        key = _key(chart, (self._stamp, *asked))
        content = self._store.get(key)
        return key, None if content is None else load(content)

    def keep(self, key: str, one: Remembered) -> None:
        """Remember what was found."""
        self._store.put(key, dump(one))


def _key(chart: Chart, asked: Iterable[str]) -> str:
    return _digest((chart.origin, *asked), (chart.files, chart.unpackaged))


def _digest(texts: Iterable[str], folders: Iterable[Mapping[str, bytes]] = ()) -> str:
    """Names some texts and the files of some folders, and nothing else."""
    from _blake2 import blake2b  # hashlib takes 7 ms to load OpenSSL

    digest = blake2b(digest_size=20)
    for files in folders:
        for path, content in files.items():
            digest.update(f"{len(path)}:{len(content)}:{path}".encode("utf-8", "surrogateescape"))
            digest.update(content)
        digest.update(b"\0")
    for text in texts:
        digest.update(text.encode("utf-8", "surrogateescape"))
        digest.update(b"\0")
    return digest.hexdigest()


def _has_days(chart: Chart) -> bool:
    """Whether anything in a chart may be allowed until a day, so that what is found depends on the day."""
    return any(b"until 2" in content for content in chart.files.values())


def dump(one: Remembered) -> bytes:
    """As bytes, to be read by ``load``."""
    import pickle

    return pickle.dumps(one, protocol=5)


def load(content: bytes) -> Remembered | None:
    """What ``dump`` wrote, or None when it cannot be read: cut short by a crash, or not ours.

    Only our own values can be made of it, whatever stands in it: reading runs no other code.
    """
    import io
    import pickle

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if module in _MODULES and name[:1].isupper() and "." not in name:
                return super().find_class(module, name)
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")

    try:
        one = Reader(io.BytesIO(content)).load()
    except Exception:  # pickle promises no less: broken input may raise anything
        return None
    return one if isinstance(one, Remembered) else None


_MODULES = ("chartgen.findings", "chartgen.fixes", "chartgen.location", "chartgen.lint.remember")
