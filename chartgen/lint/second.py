"""A second release of a chart beside the first, under the longest name there is and in another namespace.

What both releases name alike they cannot both have, and what is built from a name without being cut shows when the name
is long. One more rendering, of the defaults, answers both; it is made only when a rule that looks at it runs.
"""

from __future__ import annotations

from chartgen.engine.api import Failure, Job, Options, Rendered
from chartgen.engine.objects import Known, Parsed, parse
from chartgen.lint.judge import Judge
from chartgen.lint.scenarios import DEFAULT
from chartgen.lint.subject import Subject

RELEASE = "the-longest-name-that-helm-lets-anybody-give-releases"
"""53 characters, the most that Helm takes for a release's name."""

_LOOKING = frozenset({"collides-with-second-release", "name-too-long", "selects-second-release"})
"""The rules that look at the second release."""


def second_release(subject: Subject, judge: Judge, options: Options) -> tuple[Job, ...]:
    """The rendering of a chart's second release; none where no rule would look at it."""
    default = next((one for one in subject.scenarios if one.name == DEFAULT and not one.error), None)
    if default is None or not _LOOKING & judge.ids:
        return ()
    from chartgen.rules.release._second import elsewhere

    other = elsewhere(options.namespace)
    circumstances = default.circumstances(options)._replace(release=RELEASE, namespace=other)
    return (Job(subject.to_render, default.values, default.set_values, circumstances),)


def objects_of(answer: Rendered | Failure, known: Known) -> Parsed | None:
    """The objects of the second release; None when it did not render. Files that do not name the release are shared.

    What rules compare of a definition of custom resources stands in its head.
    """
    return parse(answer.files, known=known, heads=True) if isinstance(answer, Rendered) else None
