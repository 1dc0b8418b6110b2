"""What a chart may refer to without rendering it.

Others make objects too: whoever installs the chart, an operator, the cluster. A reference is therefore missed only when
its name is built from the release's, unless the rule's option ``outside`` says that there are no others.
"""

from chartgen.rules.base import ScenarioContext
from chartgen.rules.lookup import find, is_own
from chartgen.tuples import NamedTuple


class OutsideOptions(NamedTuple):
    """The option of every rule that looks references up; each rule's page explains it."""

    outside: bool = True


def is_missing(kind: str, name: str, where: str, ctx: ScenarioContext, options: OutsideOptions) -> bool:
    """Whether an object that is referred to should be rendered in a namespace (``""``: anywhere) and is not."""
    if not name or find(kind, name, where, ctx) is not None:
        return False
    return not options.outside or is_own(name, ctx)


def rendered(kind: str, ctx: ScenarioContext) -> str:
    """The cure of a missing object: those of its kind that there are."""
    names = sorted({one.name for one in ctx.of_kind(kind)})
    return f"the chart renders {kind} {', '.join(names[:5])}" if names else f"the chart renders no {kind}"
