"""A README's table of values: which rows it gets, where it is put, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartgen.chart.model import Chart
from chartgen.chart.read import read_chart
from chartgen.valuesdocs.readme import Verdict, changed, judge, readme_with_values_table

CHARTS = Path(__file__).parents[2] / "charts-output"
HEAD = "| Key | Type | Default | Description |\n|-----|------|---------|-------------|\n"
MARKED = "# c\n\n<!-- chartgen:values -->\n<!-- /chartgen:values -->\n\nMore.\n"


def verdict(values: str, readme: str) -> Verdict:
    chart = Chart.of({"Chart.yaml": "name: c\n", "values.yaml": values, "README.md": readme})
    found = judge(chart)
    if found.text is not None:
        again = judge(chart._replace(files={**chart.files, "README.md": found.text.encode()}))
        assert again.text == found.text, "a second run changes something"
    return found


def made(values: str, readme: str = MARKED) -> str:
    found = verdict(values, readme)
    assert found.text is not None, found.reason
    return found.text


def rows(values: str) -> list[str]:
    """The rows that a values.yaml gives between the markers."""
    lines = made(values).split("<!-- chartgen:values -->\n\n")[1].split("\n\n<!--")[0].splitlines()
    assert "\n".join(lines[:2]) + "\n" == HEAD
    return lines[2:]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("# -- How many\nreplicas: 2\n", ["| replicas | int | `2` | How many |"]),
        ("replicas: 2\n", ["| replicas | int | `2` |  |"]),
        ("a: 1.5\n", ["| a | float | `1.5` |  |"]),
        ("a: yes\n", ["| a | bool | `true` |  |"]),
        ("a: x\n", ['| a | string | `"x"` |  |']),
        ("a: 'é\"'\n", ['| a | string | `"é\\""` |  |']),
        ("a: {}\nb: []\n", ["| a | object | `{}` |  |", "| b | list | `[]` |  |"]),
        ("a: [x, {z: 1}]\n", ['| a[0] | string | `"x"` |  |', "| a[1].z | int | `1` |  |"]),
        ("a:\n  x.y/z: 1\n", ['| a."x.y/z" | int | `1` |  |']),
        ("a:\n", ["| a | string | `nil` |  |"]),
        ("# -- (int) Port\na:\n", ["| a | int | `nil` | Port |"]),
        ("# -- (int/percentage) Few\na: 1\n", ["| a | int/percentage | `1` | Few |"]),
        ("# -- One\n# two\n#   three\na: 1\n", ["| a | int | `1` | One two   three |"]),
        ("# -- One\n## a note of the authors\n# two\na: 1\n", ["| a | int | `1` | One two |"]),
        ("# -- One\n# @default -- See below\na: 1\n", ["| a | int | See below | One |"]),
        ("# -- One\n\n# @default -- See below\na: 1\n", ["| a | int | See below | One |"]),
        ("# -- Old\n\n# -- New\na: 1\n", ["| a | int | `1` | New |"]),
        ("# @ignored\na: {b: 1}\nc: 1\n", ["| c | int | `1` |  |"]),
        ("# -- A\n# @notationType -- tpl\na: x {{ y }}\n", ["| a | tpl | x {{ y }} | A |"]),
        ("# a.b -- Named\na:\n  b: 1\n", ["| a.b | int | `1` | Named |"]),
        ("# a.b -- (list) Named\n# @default -- none\na:\n  b:\n", ["| a.b | list | none | Named |"]),
        ("# -- A\na: {z: 1, x: 2}\n", ['| a | object | `{"x":2,"z":1}` | A |']),
        ("# -- A\na:\n  x: 1\n  # -- Z\n  z: 2\n", ['| a | object | `{"x":1,"z":2}` | A |', "| a.z | int | `2` | Z |"]),
        ("a:\n  # -- First\n  - x: 1\n", ['| a[0] | object | `{"x":1}` | First |']),
        ("a: 1\n# of a\n\nb: 1\n", ["| a | int | `1` |  |", "| b | int | `1` |  |"]),
        ("a:\n  x: 1\n  # -- of what stood here\nb: 1\n", ["| a.x | int | `1` |  |", "| b | int | `1` |  |"]),
        ("a: 1 # -- not above\n", ["| a | int | `1` |  |"]),
        ("# @schema\n# type: integer\n# @schema\n# -- A\na: 1\n", ["| a | int | `1` | A |"]),
        ("# -- A\n# @schema\n# type: integer\n# @schema\na: 1\n", ["| a | int | `1` | A |"]),
        ("a: &x\n  # -- B\n  b: 1\nc: *x\n", ["| a.b | int | `1` | B |", "| c.b | int | `1` | B |"]),
    ],
)  # fmt: skip
def test_rows(values: str, expected: list[str]) -> None:
    assert rows(values) == expected


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    values = "# -- A | B\na: x|y\n"
    assert rows(values) == ['| a | string | `"x\\|y"` | A \\| B |']
    theirs = f'## Values\n\n{HEAD}| a | string | `"x|y"` | A | B |\n'
    assert made(values, theirs) == theirs


def test_between_the_markers_nothing_else_changes() -> None:
    assert made("# -- A\na: 1\n") == (
        f"# c\n\n<!-- chartgen:values -->\n\n{HEAD}| a | int | `1` | A |\n\n<!-- /chartgen:values -->\n\nMore.\n"
    )


def test_line_ends_are_those_of_the_readme() -> None:
    text = made("# -- A\na: 1\n", MARKED.replace("\n", "\r\n"))
    assert text.count("\r\n") == text.count("\n") == 11


def test_markers_in_code_are_not_meant() -> None:
    found = verdict("a: 1\n", f"# c\n\n```\n{MARKED}```\n")
    assert (found.text, found.reason, found.has_place) == (None, "it has no table of values", False)


def test_a_marker_alone_is_refused() -> None:
    found = verdict("a: 1\n", "# c\n\n<!-- chartgen:values -->\n")
    assert found.reason == (
        "<!-- chartgen:values --> and <!-- /chartgen:values --> do not stand there once each, in this order"
    )
    assert (found.line, found.has_place) == (3, True)


VALUES = "# -- B\nb: 1\n# -- A\na: 1\n# -- C\nc: 1\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("a", "b"), ("a", "b", "c")),
        (("b", "a"), ("b", "a", "c")),
        (("b", "c"), ("a", "b", "c")),
        (("b", "gone", "a"), ("b", "a", "c")),
        (("b", "c", "a"), ("b", "a", "c")),
    ],
)
def test_a_table_keeps_its_order(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """By the alphabet or by the file; a row that is in neither order stays where it is."""
    line = "| {} | int | `1` | {} |\n"
    readme = "## Values\n\n" + HEAD + "".join(line.format(key, key.upper()) for key in old) + "\nEnd.\n"
    got = made(VALUES, readme)
    keys = [row.split(" | ")[0].removeprefix("| ") for row in got.splitlines() if "int" in row]
    assert sorted(keys) == ["a", "b", "c"]
    if old != ("b", "c", "a"):
        assert tuple(keys) == new
    assert got.startswith("## Values\n\n")
    assert got.endswith("|\n\nEnd.\n")


def test_an_aligned_table_stays_aligned_where_nothing_changed() -> None:
    readme = "## Values\n\n| Key | Type | Default | Description |\n| --- | :--- | ------- | ----------- |\n"
    readme += "| a   | int  | `1`     | A           |\n| b   | int  | `0`     | B           |\n"
    assert made("# -- A\na: 1\n# -- B\nb: 0\n", readme) == readme
    changed_text = made("# -- A\na: 1\n# -- B\nb: 2\n", readme)
    assert changed_text == readme.replace("| b   | int  | `0`     | B           |", "| b | int | `2` | B |")
    assert changed(readme, changed_text) == ("b",)


def test_keys_in_backticks_stay_in_backticks() -> None:
    readme = "## Values\n\n" + HEAD + '| `a` | object | `{"z": 1, "x": 2}` | A |\n'
    assert made("# -- A\na: {z: 1, x: 2}\n# -- B\nb: 1\n", readme) == readme + "| `b` | int | `1` | B |\n"


def test_rows_of_older_versions_keep_their_notes() -> None:
    readme = "## Values\n\n" + HEAD + "| a | int | `1` | A # see there |\n| b | int | `1` | B # too |\n"
    values = "# -- A\n## see there\na: 1\n# -- B\n## too\nb: 2\n"
    assert made(values, readme) == readme.replace("| b | int | `1`", "| b | int | `2`")


def test_values_without_a_description_stay_out_where_they_are_out() -> None:
    readme = "## Values\n\n" + HEAD + "| a | int | `1` | A |\n"
    assert made("# -- A\na: 1\nb: 1\n", readme) == readme


def test_descriptions_that_are_nowhere_else_are_not_lost() -> None:
    found = verdict("a: 1\n", "## Values\n\n" + HEAD + "| a | int | `1` | A |\n")
    assert found.text is None
    assert found.reason == (
        "the descriptions in its table are not from values.yaml, which has no comment that begins with '# --'"
    )
    assert found.line == 3


TWO = "## One\n\n" + HEAD + "| a.x | int | `1` | X |\n\n## Two\n\n" + HEAD + "| b.x | int | `1` | X |\n"


def test_a_new_value_goes_into_the_table_of_its_neighbours() -> None:
    values = "a:\n  # -- X\n  x: 1\n  # -- Z\n  z: 1\nb:\n  # -- X\n  x: 1\n"
    assert made(values, TWO) == TWO.replace(
        "| a.x | int | `1` | X |\n", "| a.x | int | `1` | X |\n| a.z | int | `1` | Z |\n"
    )


def test_a_new_value_that_may_go_anywhere_is_refused() -> None:
    found = verdict("# -- N\nnew: 1\na:\n  # -- X\n  x: 1\nb:\n  # -- X\n  x: 1\n", TWO)
    assert found.reason == "it has several tables of values, and 'new' may belong in any of them"
    assert found.hint == "say where with '# @section -- Name' in values.yaml, or add the row by hand"


SECTIONS = "# -- A\n# @section -- Zoo\na: 1\n# -- B\n# @section -- Bar\nb: 1\n# -- C\nc: 1\n"


def test_sections_are_made_where_there_is_no_table_yet() -> None:
    inner = made(SECTIONS).split("-->\n")[1].split("<!--")[0]
    titles = [line for line in inner.splitlines() if line.startswith("#")]
    assert titles == ["### Zoo", "### Bar", "### Other Values"]


def test_sections_keep_their_order_and_the_text_around_them() -> None:
    readme = f"## Values\n\nIntro.\n\n### Bar\n\n{HEAD}| b | int | `0` | B |\n\n"
    readme += f"### Zoo\n\n{HEAD}| a | int | `1` | A |\n\nEnd.\n"
    expected = readme.replace("`0`", "`1`").replace(
        "\nEnd.", f"\n### Other Values\n\n{HEAD}| c | int | `1` | C |\n\nEnd."
    )
    assert made(SECTIONS, readme) == expected


def test_text_between_sections_is_not_lost() -> None:
    readme = f"## Values\n\n### Bar\n\n{HEAD}| b | int | `0` | B |\n\nMine.\n\n### Zoo\n\n{HEAD}| a | int | `1` | A |\n"
    found = verdict(SECTIONS, readme)
    assert (found.reason, found.line) == ("there is text among its tables that would be lost", 9)


def test_a_readme_with_one_table_gets_no_sections() -> None:
    readme = f"## Values\n\n{HEAD}| a | int | `1` | A |\n| b | int | `1` | B |\n"
    assert made(SECTIONS, readme) == readme + "| c | int | `1` | C |\n"


PARAMETERS = """\
## @section Common parameters
## @descriptionStart
## What all have.
## @descriptionEnd

## @param name Name of it
name: ""
## @param labels [object] Labels of it
labels:
  a: b
## @skip secret
secret: x
## @param hosts List of hosts
hosts: [a, b]
## @param image.tag [default: TAG] Tag of it
image:
  tag: v1
## @extra extra Not in here
## @param nothing [nullable] May be nothing
nothing:
"""

TABLES = """\
## Parameters

### Common parameters

What all have.

| Name        | Description    | Value       |
| ----------- | -------------- | ----------- |
| `name`      | Name of it     | `""`        |
| `labels`    | Labels of it   | `{}`        |
| `hosts`     | List of hosts  | `["a","b"]` |
| `image.tag` | Tag of it      | `TAG`       |
| `extra`     | Not in here    |             |
| `nothing`   | May be nothing | `nil`       |

Specify each parameter using `--set`.
"""


def test_parameters_as_bitnami_has_them() -> None:
    assert made(PARAMETERS, "# c\n\n## Parameters\n\nSpecify each parameter using `--set`.\n") == f"# c\n\n{TABLES}"
    assert made(PARAMETERS, TABLES) == TABLES


def test_a_section_of_parameters_is_made_anew_and_the_text_below_it_stays() -> None:
    assert made(PARAMETERS, TABLES.replace("Name of it     |", "Another name   |")) == TABLES
    assert made(PARAMETERS, TABLES.replace("### Common", "### Uncommon")) == TABLES


def test_a_heading_in_code_ends_no_section() -> None:
    readme = TABLES + "\n```yaml\n## Extra objects\n```\n"
    assert made(PARAMETERS, readme) == readme


def test_parameters_between_markers() -> None:
    text = made(PARAMETERS)
    assert text.count("## Common parameters\n") == 1
    assert text.endswith("|\n\n<!-- /chartgen:values -->\n\nMore.\n")


def test_text_among_the_tables_of_parameters_is_not_lost() -> None:
    found = verdict(PARAMETERS, TABLES.replace("What all have.", "What all have.\n\nMine."))
    assert (found.reason, found.line) == ("there is text among its tables that would be lost", 7)


def test_values_of_several_lines_do_not_break_the_table_but_may_have_before() -> None:
    values = "## @section S\n## @param a A\na: |\n  x\n  y\n"
    text = made(values, "## Parameters\n")
    assert "| `a`  | A           | `x\\ny\\n` |" in text.splitlines()
    broken = "## Parameters\n\n### S\n\n| Name | Description | Value |\n| ---- | ----------- | ----- |\n"
    broken += "| `a`  | A           | `x\ny\n` |\n"
    assert made(values, broken) == broken


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"values.yaml": "a: 1\n"}, "there is no such file"),
        ({"README.md": MARKED}, "the chart has no values.yaml"),
        (
            {"README.md": MARKED, "values.yaml": "a: [\n"},
            "values.yaml cannot be read: did not find expected node content",
        ),
        pytest.param({"README.md": MARKED, "values.yaml": b"x" * (17 << 20)}, "values.yaml is larger", id="large"),
        ({"README.md": b"\xff", "values.yaml": "a: 1\n"}, "it is not UTF-8"),
    ],
)
def test_what_cannot_be_known(files: dict[str, str | bytes], reason: str) -> None:
    chart = Chart.of({"Chart.yaml": "name: c\n", **files})
    found = judge(chart)
    assert found.text is None
    assert found.reason.startswith(reason)
    assert readme_with_values_table(chart) is None


def test_values_that_are_no_map_have_no_rows() -> None:
    assert rows("") == []
    assert rows("- 1\n") == []


_AROUND = st.text(st.sampled_from("a|-#` é\n\r\t\x0b\u2028<>!"), max_size=60)


@given(before=_AROUND, after=_AROUND, inner=st.text(st.sampled_from("a \n"), max_size=8))
def test_whatever_stands_around_the_markers_stays(before: str, after: str, inner: str) -> None:
    text = f"{before}\n<!-- chartgen:values -->\n{inner}\n<!-- /chartgen:values -->\n{after}"
    found = verdict("# -- A\na: 1\n", text)
    if found.text is None:  # the markers stand in what looks like code
        assert "`" in before
        return
    assert found.text.startswith(f"{before}\n<!-- chartgen:values -->\n")
    assert found.text.endswith(f"<!-- /chartgen:values -->\n{after}")
    assert "| a | int | `1` | A |" in found.text


def test_mixed_line_ends_are_no_difference() -> None:
    readme = f"# c\r\n\n## Values\r\n\n{HEAD}| a | int | `1` | A |\r\n"
    assert made("# -- A\na: 1\n", readme) == readme


@pytest.mark.parametrize("path", sorted(CHARTS.iterdir()), ids=lambda path: path.name)
def test_what_is_generated_is_up_to_date(path: Path) -> None:
    """The generator and this agree on the table; the one makes it of a spec, the other of comments."""
    chart = read_chart(path)
    assert judge(chart).text == chart.text("README.md")
