"""Schedules: what can be read is judged in tests/rules and tests/specs; here, which of them never come."""

from __future__ import annotations

import pytest

from chartgen.cron import fault, never


@pytest.mark.parametrize(
    "schedule", ["0 0 30 2 *", "0 0 31 4,6 *", "0 0 31 9/2 ?", "0 0 30-31 feb *", "59 23 31 APR-APR */1"]
)
def test_a_day_no_month_has_never_comes(schedule: str) -> None:
    assert fault(schedule) == ""
    assert never(schedule)


@pytest.mark.parametrize(
    "schedule",
    [
        "@daily",
        "@every 90m",
        "0 0 29 2 *",
        "0 0 31 4,7 *",
        "0 0 * 2 *",
        "0 0 ? 2 ?",
        "0 0 */30 2 *",
        "0 0 30,1 2 *",
        "0 0 30 2 1",
        "0 0 30 2 */2",
        "0 0 30 2 MON,*/3",
    ],
)
def test_what_comes_now_and_then_comes(schedule: str) -> None:
    assert fault(schedule) == ""
    assert not never(schedule)


def test_the_message_names_the_setting_of_the_time_zone() -> None:
    assert fault("TZ=UTC 0 3 * * *") == "a time zone in the schedule is refused; spec.timeZone sets it"
    assert fault("CRON_TZ=UTC @daily", zone="timezone") == "a time zone in the schedule is refused; timezone sets it"
