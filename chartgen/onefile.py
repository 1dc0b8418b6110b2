"""Finds what is kept one a file: rules and judgements, each the one class of a module in the folder of its group."""

from importlib import import_module
from os import scandir
from typing import TypeVar

T = TypeVar("T")


def modules(package: str, folder: str) -> dict[str, str]:
    """The modules two levels below a package, by id (the name with dashes), sorted by folder and id.

    What begins with ``_`` is a helper. ``folder`` is where the package lies.
    """
    found = {}
    for group in _names(folder):
        if group[0] != "_" and "." not in group:
            for name in _names(f"{folder}/{group}"):
                if name.endswith(".py") and name[0] != "_":
                    found[name[:-3].replace("_", "-")] = f"{package}.{group}.{name[:-3]}"
    return found


def _names(folder: str) -> list[str]:
    with scandir(folder) as entries:
        return sorted(entry.name for entry in entries)


def only(module_name: str, base: type[T], own_id: str) -> T:
    """The one class of a module that derives from ``base``, made. Raises AssertionError when there is no such one."""
    module = import_module(module_name)
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, base) and value.__module__ == module_name
    ]
    what = base.__name__.lower()
    assert len(classes) == 1, f"{module_name} must hold exactly one {what}, it holds {len(classes)}"
    found = classes[0]()
    assert getattr(found, "id", None) == own_id, f"the {what} of {module_name} must have the id {own_id!r}"
    return found
