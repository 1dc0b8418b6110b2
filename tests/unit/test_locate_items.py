"""An item of a list is pointed at by its name when a part of it is missing."""

import pytest

from chartgen.location import Pointer
from chartgen.yamlread import read

CONTAINERS = read("""\
containers:
  - image: example/web:1.2.0
    name: web
    resources: {}
  - image: example/proxy:1.2.0
""")


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        (("containers", 0, "livenessProbe"), "3:5"),
        (("containers", 0, "resources", "limits"), "4:5"),
        (("containers", 1, "livenessProbe"), "5:5"),
        (("initContainers", 0), "1:1"),
    ],
)
def test_nearest_place(parts: tuple[str | int, ...], place: str) -> None:
    found = CONTAINERS.locate(Pointer(parts))
    assert (str(found), found.exact) == (place, False)


def test_the_whole_document_is_no_item() -> None:
    assert read("kind: Pod\nname: web\n").locate(Pointer(("spec",))).line == 1
