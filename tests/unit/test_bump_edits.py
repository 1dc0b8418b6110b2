"""The edits of a release: exactly the bytes that are meant, in awkward files too, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chartgen.fielddata import CannotEdit
from chartgen.release.chartyaml import (
    ALLOWED,
    allowance,
    data_of,
    with_allowance,
    with_app_version,
    with_changes,
    with_image_tags,
    with_prerelease,
    with_version,
)
from chartgen.release.dependencies import dependencies, digest, raised_range, with_dependency, with_lock
from chartgen.release.entries import Entry
from chartgen.release.readme import with_badges
from chartgen.release.specs import with_image_tag
from chartgen.release.specs import with_version as spec_with_version

AWKWARD = [
    ("version: 1.2.3\n", "version: 2.0.0\n"),
    ("version: 1.2.3", "version: 2.0.0"),
    ("version: '1.2.3' # the chart\n", "version: '2.0.0' # the chart\n"),
    ('version:   "1.2.3"   # the chart\n', 'version:   "2.0.0"   # the chart\n'),
    ("# 1.2.3\nname: version\nversion: 1.2.3\n", "# 1.2.3\nname: version\nversion: 2.0.0\n"),
    ("version: 1.2.3\r\nname: x\r\n", "version: 2.0.0\r\nname: x\r\n"),
    ("\ufeffversion: 1.2.3\nname: x\n", "\ufeffversion: 2.0.0\nname: x\n"),
    ("version: &v 1.2.3\nname: x\n", "version: &v 2.0.0\nname: x\n"),
    ("version: !!str 1.2\nname: x\n", "version: !!str 2.0.0\nname: x\n"),
    ("version: 1.2\nname: x\n", "version: 2.0.0\nname: x\n"),
    ("{name: x, version: 1.2.3, description: y}\n", "{name: x, version: 2.0.0, description: y}\n"),
    ('{"name": "x", "version": "1.2.3"}\n', '{"name": "x", "version": "2.0.0"}\n'),
    ("version: 1.2.3\nversion: 1.2.4\n", "version: 1.2.3\nversion: 2.0.0\n"),
    ('"version": 1.2.3\n', '"version": 2.0.0\n'),
    ("? version\n: 1.2.3\n", "? version\n: 2.0.0\n"),
    ("---\nversion:\n  1.2.3\nname: ä\n...\n", "---\nversion:\n  2.0.0\nname: ä\n...\n"),
    (
        "name: x\nversion: 1.2.3\ndependencies:\n- {name: y, version: 1.2.3}\n- name: z\n  version: 1.2.3\n",
        "name: x\nversion: 2.0.0\ndependencies:\n- {name: y, version: 1.2.3}\n- name: z\n  version: 1.2.3\n",
    ),
    (
        "dependencies:\n    - name: y   # 80 columns " + "x" * 90 + "\n      version: 1.2.3\nversion: 1.2.3\n",
        "dependencies:\n    - name: y   # 80 columns " + "x" * 90 + "\n      version: 1.2.3\nversion: 2.0.0\n",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), AWKWARD)
def test_a_version_is_set_and_nothing_else(before: str, after: str) -> None:
    assert with_version(before, "2.0.0") == after


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("version: &v 1.2.3\ndependencies: [{name: x, version: *v}]\n", "another place of the file repeats it"),
        ("base: &v 1.2.3\nversion: *v\n", "it is an alias of a value elsewhere"),
        ("version: [1]\n", "it is no plain value"),
        ("version: |\n  1.2.3\n", "it is a block of lines"),
        ("name: x\n", "there is no version"),
        ("", "there is no version"),
        ("version: {\n", "the file is no YAML"),
        ("version: 1\n---\nversion: 2\n", "the file is no YAML"),
    ],
)
def test_what_cannot_be_edited_safely_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CannotEdit, match=reason):
        with_version(text, "2.0.0")


IMAGES = """\
appVersion: 6.7.1
annotations:
  artifacthub.io/images: |
    - name: a
      image: r/a:6.7.1
    - name: b
      image: 'r/b:v6.7.1@sha256:1'
    - {image: r/c:6.7.10}
"""
TAGS = """\
image: {{tag: {0}}}
server:
  image:
    tag: 'v{0}' # x
  initImage: {{tag: "1.2.4"}}
tag: 1.2.3
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda t: with_app_version(t, "1.2", "1.3"), 'appVersion: "1.2"\n', 'appVersion: "1.3"\n'),
        (lambda t: with_app_version(t, "1.2", "1.30"), "appVersion: 1.2\n", 'appVersion: "1.30"\n'),
        (lambda t: with_app_version(t, "v1.2.0", "v1.3.0"), "appVersion: v1.2.0 # a\n", "appVersion: v1.3.0 # a\n"),
        (lambda t: with_app_version(t, "", "7"), "name: x\n", 'name: x\nappVersion: "7"\n'),
        (
            lambda t: with_app_version(t, "6.7.1", "6.8.0"),
            IMAGES,
            IMAGES.replace("6.7.1\n", "6.8.0\n").replace("6.7.1@", "6.8.0@"),
        ),
        (
            lambda t: with_image_tags(t, "v1.2.3", "v1.3.0"),
            TAGS.format("1.2.3"),
            TAGS.format("1.3.0"),
        ),
        (
            lambda t: with_prerelease(t, is_pre=True),
            "annotations:\n  artifacthub.io/prerelease: 'false'\n",
            "annotations:\n  artifacthub.io/prerelease: 'true'\n",
        ),
        (lambda t: with_prerelease(t, is_pre=True), "name: x\n", "name: x\n"),
        (
            lambda t: with_allowance(t, "1.3.0", "nobody\nuses it"),
            "name: x\n",
            f'name: x\nannotations:\n  {ALLOWED}: "1.3.0: nobody uses it"\n',
        ),
        (lambda t: with_allowance(t, "1.4.0", ""), f"name: x\nannotations:\n  {ALLOWED}: 'a'\n", "name: x\n"),
        (
            lambda t: with_allowance(t, "1.4.0", ""),
            f"annotations:\n  a: b\n  {ALLOWED}: 'a'\n  c: d\n",
            "annotations:\n  a: b\n  c: d\n",
        ),
        (
            lambda t: spec_with_version(t, "0.2.0"),
            "# spec\nname: x # it\nimage: a:1\n",
            "# spec\nname: x # it\nversion: 0.2.0\nimage: a:1\n",
        ),
        (lambda t: spec_with_version(t, "0.2.0"), "name: x", "name: x\nversion: 0.2.0"),
        (lambda t: spec_with_version(t, "0.2.0"), "version: '0.1.0'\nname: x", "version: '0.2.0'\nname: x"),
        (lambda t: with_image_tag(t, "2"), "image: host:5000/a:1 # x\n", "image: host:5000/a:2 # x\n"),
        (lambda t: with_image_tag(t, "2"), "image: {repository: a, tag: v1}\n", 'image: {repository: a, tag: "2"}\n'),
        (lambda t: with_image_tag(t, "2.0"), "image: 'a:v1.0'\n", "image: 'a:v2.0'\n"),
    ],
)
def test_what_follows_a_version(edit: Callable[[str], str], before: str, after: str) -> None:
    assert edit(before) == after


@pytest.mark.parametrize(
    "text", ["image: a@sha256:1\n", "image: a\n", "image: {repository: a, digest: x}\n", "name: x\n"]
)
def test_an_image_without_a_tag_to_change(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_image_tag(text, "2")


ENTRIES = (Entry("Changed", 'a "quoted": name', breaking=True), Entry("Added", "b"))
AS_MAPPINGS = (
    "- kind: changed",
    '  description: "Breaking: a \\"quoted\\": name"',
    "- kind: added",
    '  description: "b"',
)
AS_TEXTS = ('- "Breaking: a \\"quoted\\": name"', '- "b"')


def _block(lines: tuple[str, ...], indent: int, newline: str = "\n") -> str:
    return "".join(" " * indent + line + newline for line in lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "annotations:\n  artifacthub.io/changes: |\n    - kind: added\n      description: x\n\n  c: d\n# end\n",
            "annotations:\n  artifacthub.io/changes: |\n" + _block(AS_MAPPINGS, 4) + "\n  c: d\n# end\n",
        ),
        (
            "annotations:\n    artifacthub.io/changes: |- # new\n          - old\nmaintainers: []\n",
            "annotations:\n    artifacthub.io/changes: |- # new\n" + _block(AS_TEXTS, 10) + "maintainers: []\n",
        ),
        (
            'annotations:\r\n  artifacthub.io/changes: "- x\\n"\r\n  c: d\r\n',
            "annotations:\r\n  artifacthub.io/changes: |\r\n" + _block(AS_TEXTS, 4, "\r\n") + "  c: d\r\n",
        ),
        ("name: x\n", "name: x\nannotations:\n  artifacthub.io/changes: |\n" + _block(AS_MAPPINGS, 4)),
        ("name: x", "name: x\nannotations:\n  artifacthub.io/changes: |\n" + _block(AS_MAPPINGS, 4)),
        (
            "annotations:\n  artifacthub.io/changes:\nname: x\n",
            "annotations:\n  artifacthub.io/changes: |\n" + _block(AS_MAPPINGS, 4) + "name: x\n",
        ),
    ],
)
def test_what_artifact_hub_is_told_changes_in_its_own_form(before: str, after: str) -> None:
    assert with_changes(before, ENTRIES) == after


def test_annotations_in_brackets_stay() -> None:
    with pytest.raises(CannotEdit, match="it stands in brackets"):
        with_changes("annotations: {a: b}\n", ENTRIES)


def test_an_allowance_holds_for_its_version_alone() -> None:
    data = data_of(with_allowance("name: x\n", "1.3.0", "nobody: uses it"))
    assert allowance(data, "1.3.0") == "nobody: uses it"
    assert allowance(data, "1.3.1") == ""
    assert allowance({"annotations": 1}, "1.3.1") == ""


@pytest.mark.parametrize(
    ("text", "version", "expected"),
    [
        ("1.2.3", "1.3.0", "1.3.0"),
        ("v1.2.3", "1.3.0", "v1.3.0"),
        ("=1.2.3", "1.3.0", "=1.3.0"),
        ("1.2.3", "1.3.0-rc.1", "1.3.0-rc.1"),
        ("1.3.0-rc.1", "1.3.0", "1.3.0"),
        ("^1.2.3", "1.3.0", "^1.2.3"),
        ("^1.2.3", "2.0.0", "^2.0.0"),
        ("^1.2.3", "1.3.0-rc.1", "^1.3.0-rc.1"),
        ("~1.2", "1.3.0", "~1.3"),
        ("~> 1.2.0", "1.3.0", "~> 1.3.0"),
        ("1.x.x", "2.1.0", "2.x.x"),
        ("1.2.*", "1.3.0", "1.3.*"),
        ("1", "2.0.0", "2"),
        ("*", "2.0.0", "*"),
        (">=1.0.0", "2.0.0", ">=1.0.0"),
        (">=0.0.0-0", "2.0.0-rc.1", ">=0.0.0-0"),
    ],
)
def test_a_range_takes_a_new_version(text: str, version: str, expected: str) -> None:
    assert raised_range(text, version) == expected


@pytest.mark.parametrize("text", [">=1.0.0 <2.0.0", "1.0.0 - 1.9.9", "<2.0.0", "^1.0.0 || ^3.0.0", "nonsense"])
def test_a_range_that_says_more_needs_a_person(text: str) -> None:
    with pytest.raises(CannotEdit):
        raised_range(text, "2.0.0")


CHART = """\
name: app
dependencies:
  - name: lib   # ours
    version: 1.0.0
    repository: file://../lib
    import-values:
      - child: data
        parent: x<y
  - name: redis
    version: ^1.0.0
    repository: https://charts.example.com
    condition: redis.enabled
    tags: [a]
"""
LOCK = """\
dependencies:
- name: lib
  repository: file://../lib
  version: 1.0.0
- name: redis
  repository: https://charts.example.com
  version: 1.0.0
digest: sha256:0
generated: "2020-01-01T00:00:00Z"
"""


def test_a_lock_follows_with_helms_digest() -> None:
    before = data_of(CHART)
    lock = LOCK.replace("sha256:0", digest(before, data_of(LOCK)["dependencies"]))
    chart = with_dependency(CHART, dependencies(before)[0], "1.1.0")
    assert chart == CHART.replace("version: 1.0.0", "version: 1.1.0")
    after = data_of(chart)
    found = with_lock(lock, data_of(lock), before=before, after=after, name="lib", version="1.1.0")
    wanted = LOCK.replace("lib\n  version: 1.0.0", "lib\n  version: 1.1.0")
    assert found == wanted.replace("sha256:0", digest(after, data_of(wanted)["dependencies"]))
    with pytest.raises(CannotEdit, match="run helm dependency update"):
        with_lock(LOCK, data_of(LOCK), before=before, after=after, name="lib", version="1.1.0")


def test_helms_digest() -> None:
    """That of ``helm dependency update`` 4.3.1 for a chart that depends on a local one."""
    wanted = {"dependencies": [{"name": "lib", "version": "1.0.0", "repository": "file://../lib"}]}
    locked = [{"name": "lib", "repository": "file://../lib", "version": "1.0.0"}]
    assert digest(wanted, locked) == "sha256:81e4d27d3aaa5cbe0198082d06385b6bdc0edaf745cd30ed3702f265980ccc62"


@pytest.mark.parametrize(
    ("label", "old", "new", "before", "after"),
    [
        (
            "Version",
            "1.2.3",
            "1.3.0-rc.1",
            "![Version: 1.2.3](https://img.shields.io/badge/Version-1.2.3-informational?style=x) 1.2.3",
            "![Version: 1.3.0-rc.1](https://img.shields.io/badge/Version-1.3.0--rc.1-informational?style=x) 1.2.3",
        ),
        (
            "Version",
            "1.3.0-rc.1",
            "1.3.0",
            "![Version: 1.3.0-rc.1](https://img.shields.io/badge/Version-1.3.0--rc.1-blue)",
            "![Version: 1.3.0](https://img.shields.io/badge/Version-1.3.0-blue)",
        ),
        (
            "Version",
            "1.2.3",
            "2.0.0",
            "![AppVersion: 1.2.3](https://img.shields.io/badge/AppVersion-1.2.3-informational)",
            "![AppVersion: 1.2.3](https://img.shields.io/badge/AppVersion-1.2.3-informational)",
        ),
        (
            "AppVersion",
            "v1.2.3",
            "v1.2.4",
            "[![AppVersion: v1.2.3](https://img.shields.io/static/v1?label=AppVersion&message=v1.2.3&color=x)](/a)",
            "[![AppVersion: v1.2.4](https://img.shields.io/static/v1?label=AppVersion&message=v1.2.4&color=x)](/a)",
        ),
    ],
)
def test_badges_follow(label: str, old: str, new: str, before: str, after: str) -> None:
    assert with_badges(before, label=label, old=old, new=new) == after
