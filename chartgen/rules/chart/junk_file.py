"""Files that came into the chart by accident."""

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import lru_cache

from chartgen.findings import Severity
from chartgen.location import Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.tuples import NamedTuple


class Options(NamedTuple):
    """What does not belong into a chart: shell patterns for the name of a file or of a folder on the way to it."""

    names: tuple[str, ...] = (
        ".DS_Store",
        ".git",
        ".hg",
        ".idea",
        ".svn",
        ".terraform",
        ".vscode",
        "__pycache__",
        "node_modules",
        "Thumbs.db",
        "*.bak",
        "*.orig",
        "*.rej",
        "*.swp",
        "*.tgz",
        "*.tmp",
        "*~",
    )


class JunkFile(ChartRule):
    """The chart holds files that editors, tools or earlier packaging left behind.

    ## Why
    They are packed, published and stored in the cluster with every release, and sometimes hold what was never meant to
    leave the machine. A package of the chart itself in its own folder doubles the next one.

    ## Options
    - `names` (default the usual ones of editors, version control and systems, and `*.tgz`): shell patterns for names of
      files and folders. Archives in `charts/` are dependencies.

    ## Bad
    ```yaml
    # values.yaml.txt
    replicaCount: 1
    ```
    ```yaml
    # .chartgen.yaml
    rules:
      junk-file:
        names: ["*.yaml.txt"]
    ```

    ## Good
    ```yaml
    # values.yaml
    replicaCount: 1
    ```
    ```
    # .helmignore
    *.orig
    ```
    """

    id = "junk-file"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    options: Options = Options()

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Report each file, or the folder it is in, once."""
        is_junk = _junk(self.options.names)
        reported = set()
        for path in ctx.chart.files:
            parts = path.split("/")
            if parts[0] == "charts":
                continue
            for depth, part in enumerate(parts, 1):
                if is_junk(part):
                    junk = "/".join(parts[:depth])
                    if junk not in reported:
                        reported.add(junk)
                        place = Place.in_file(Location(junk))
                        yield self.fault(place, "is packed into the chart", help="remove it, or name it in .helmignore")
                    break


@lru_cache(maxsize=16)
def _junk(patterns: tuple[str, ...]) -> Callable[[str], object]:
    """Whether any of some shell patterns matches a name. Most are names or endings, which need no expression."""
    special = [one for one in patterns if set("*?[") & set(one.removeprefix("*"))]
    names = frozenset(one for one in patterns if one[:1] != "*" and one not in special)
    endings = tuple(one[1:] for one in patterns if one[:1] == "*" and one not in special)
    rest = re.compile("|".join(map(translate, special))).match if special else lambda _: None
    return lambda name: name in names or name.endswith(endings) or rest(name)
