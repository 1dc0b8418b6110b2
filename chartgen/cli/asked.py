"""What is asked of each chart: what the command line says, and the policy file the chart lies under."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chartgen.cli.circumstances import given_values
from chartgen.cli.kubernetes import for_versions, schema_files
from chartgen.errors import CannotDo, ChartgenError
from chartgen.location import Location

if TYPE_CHECKING:
    from chartgen.chart.model import Chart
    from chartgen.cli.policies import PolicyFiles
    from chartgen.lint.scenarios import GivenScenario
    from chartgen.lint.settings import Settings
    from chartgen.policy.config import Config


class Asked:
    """Reads charts and knows the settings of each."""

    def __init__(self, policies: PolicyFiles, settings: Settings) -> None:
        self._policies = policies
        self._settings = settings
        self._by_file: dict[str, Settings] = {}

    def read(self, path: Path) -> Chart | ChartgenError:
        """A chart, or the error that says why it cannot be read, and where it is."""
        from chartgen.chart.read import read_chart

        try:
            return read_chart(path)
        except ChartgenError as error:
            error.location = error.location or Location(str(path))
            return error

    def under(self, path: Path) -> Settings:
        """The settings of what lies in a folder. Raises CannotDo for files that a policy file names in vain."""
        config = self._policies.config(path)
        if config.file not in self._by_file:
            self._by_file[config.file] = self._with(config)
        settings = self._by_file[config.file]
        return settings._replace(policy=self._policies.policy(path), where=self._policies.where(path))

    def _with(self, config: Config) -> Settings:
        """What the command line asks, and what a policy file adds to it."""
        settings = for_versions(self._settings, config)
        if config.schema_locations and not settings.schemas:
            folder = self._policies.folder(config)
            with _named_in(config, "schemaLocations"):
                folders = [shown(folder / one) for one in config.schema_locations]
                settings = settings._replace(schemas=schema_files(folders))
        return settings._replace(named=tuple(self._scenarios(config)), scenario_files=config.scenario_files)

    def _scenarios(self, config: Config) -> list[GivenScenario]:
        """The scenarios that a policy file names, their values read."""
        from chartgen.lint.scenarios import GivenScenario

        folder = self._policies.folder(config)
        found = []
        for one in config.scenarios:
            with _named_in(config, f"scenario {one.name!r}"):
                values = given_values([shown(folder / file) for file in one.values])
            found.append(GivenScenario(one.name, values, one.set_values))
        return found


@contextmanager
def _named_in(config: Config, what: str) -> Iterator[None]:
    """Has an error about a file say which part of a policy file names it."""
    try:
        yield
    except CannotDo as error:
        said = f"{error.message} ({what} of {config.file})"
        raise CannotDo(said, hint=error.hint, location=error.location) from None


def shown(path: Path) -> str:
    """A path as the user would name it."""
    return os.path.relpath(path)
