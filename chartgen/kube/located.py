"""Schemas in files that a user names: JSON Schemas by kubeconform's naming, and CustomResourceDefinitions in YAML.

A JSON file is found by its name, wherever it lies: ``<kind>-<group's first word>-<version>.json``, for the core group
``<kind>-<version>.json`` (as kubeconform's default location), ``<kind>_<version>.json`` in a folder named as the group
or alone (as the CRDs catalogue). Kinds are written small. Sources: kubeconform's README, ``-schema-location``.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chartgen.kube.schemas import Schema


class SchemaFiles:
    """What lies in the folders a user named: the path of each file, and how to read it.

    A file that is not what its name says is passed over, as kubeconform does.
    """

    def __init__(self, files: Mapping[str, Callable[[], bytes]] = MappingProxyType({})) -> None:
        self._files = files
        self._by_name: dict[str, list[str]] = {}
        for path in files:
            self._by_name.setdefault(path.rsplit("/", 1)[-1].lower(), []).append(path)
        self._found: dict[tuple[str, str], Schema | None] = {}
        self._texts: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._files)

    def __repr__(self) -> str:
        """Equal for equal files, whose bytes it stands for."""
        if not self._files:
            return "SchemaFiles()"
        from hashlib import blake2b

        digest = blake2b(digest_size=20)
        for path, reader in self._files.items():
            content = reader()
            digest.update(f"{path}:{len(content)}:".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return f"SchemaFiles({digest.hexdigest()})"

    def schema(self, api_version: str, kind: str) -> "Schema | None":
        """The schema of a kind, or None when no file has one."""
        if not self._files:
            return None
        key = (api_version, kind)
        if key not in self._found:
            self._found[key] = self._json(api_version, kind) or self._crd(api_version, kind)
        return self._found[key]

    def _json(self, api_version: str, kind: str) -> "Schema | None":
        from chartgen.kube.jsonschema import JsonSchemaFile

        group, _, version = api_version.rpartition("/")
        small = kind.lower()
        suffix = f"-{group.split('.')[0]}-{version}" if group else f"-{version}"
        for name in (f"{small}_{version}.json", f"{small}{suffix}.json"):
            for path in self._by_name.get(name, ()):
                folder = path.rpartition("/")[0].rpartition("/")[2]
                if "_" in name and "." in folder and folder.lower() != group.lower():
                    continue
                if schema := JsonSchemaFile(path, self._read).schema():
                    return schema
        return None

    def _crd(self, api_version: str, kind: str) -> "Schema | None":
        group = api_version.rpartition("/")[0]
        for path in self._files:
            if path.endswith((".yaml", ".yml")):
                text = self._text(path)
                if group in text and kind in text:
                    for key, schema in crds_in(text, path):
                        if key == (api_version, kind):
                            return schema
        return None

    def _read(self, path: str) -> bytes | None:
        return self._files[path]() if path in self._files else None

    def _text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = self._files[path]().decode("utf-8-sig", "replace")
        return self._texts[path]


def crds_in(text: str, source: str) -> "Iterator[tuple[tuple[str, str], Schema]]":
    """The kinds that the CustomResourceDefinitions of a YAML text make; a document that does not parse is passed over.

    >>> list(crds_in("kind: Service", "x.yaml"))
    []
    """
    if "CustomResourceDefinition" not in text:
        return
    from chartgen.kube.crds import definitions

    for document in documents(text):
        yield from definitions(data(document), source)


def documents(text: str) -> list[str]:
    """The documents of a YAML text, each as text."""
    return text.replace("\r\n", "\n").split("\n---")


def data(document: str) -> Any:
    """What a YAML document holds; nothing when it does not parse."""
    from chartgen.yamlread import read
    from chartgen.yamlscalar import YamlError

    try:
        return read(document).data
    except YamlError:
        return None
