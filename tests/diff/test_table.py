"""docs/judgements.md names every judgement, and has every row of the reference once."""

import re
from pathlib import Path

from chartgen.judgements import catalogue

TABLE = Path(__file__).parents[2] / "docs" / "judgements.md"

ROWS = {"V": 24, "S": 8, "L": 8, "C": 13, "N": 2, "P": 7, "R": 48, "D": 9}
"""How many rows the reference has of each sort."""


def test_every_row_is_there_once_and_every_judgement() -> None:
    text = TABLE.read_text(encoding="utf-8")
    rows = [
        row for cell in re.findall(r"^\| ([A-Z]\d\d[A-Z\d ]*) \|", text, flags=re.MULTILINE) for row in cell.split()
    ]
    wanted = [f"{sort}{number:02}" for sort, most in ROWS.items() for number in range(1, most + 1)]
    assert sorted(rows) == sorted(wanted), "each row of the reference stands in docs/judgements.md once"
    named = set(re.findall(r"`([a-z][a-z-]+)`", text))
    missing = [one for one in catalogue.ids() if one not in named]
    assert not missing, f"docs/judgements.md does not name {missing}"


def test_every_row_has_a_judgement_or_a_reason() -> None:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [A-Z]\d\d", line):
            judged = [one for one in re.findall(r"`([a-z][a-z-]+)`", line) if one in catalogue.ids()]
            reason = line.split("|")[3].strip()
            assert judged or len(reason) > 40, f"neither a judgement nor a reason: {line}"
