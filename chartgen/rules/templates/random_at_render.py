"""What comes out different each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartgen.findings import Severity
from chartgen.rules.base import ChartContext, ChartRule, Fault, Profile
from chartgen.rules.reading import at, templates
from chartgen.rules.templates._guards import around

if TYPE_CHECKING:
    from chartgen.templates.syntax import Expr, Template

_RANDOM = (
    r"rand(?:AlphaNum|Alpha|Numeric|Ascii|Bytes|Int)|uuidv4|now|shuffle|htpasswd|bcrypt|encryptAES"
    r"|genPrivateKey|genCA(?:WithKey)?|gen(?:SelfS|S)ignedCert(?:WithKey)?"
)
_WORDS = (
    "rand", "uuidv4", "now", "shuffle", "htpasswd", "bcrypt", "encryptAES", "genPrivateKey", "genCA", "genSelfSigned",
    "genSigned",
)  # fmt: skip
_MAY_BE_RANDOM = re.compile(rf"\{{\{{[^{{}}]*\b(?:{_RANDOM})\b")
_KEPT = r"\blookup\b|\.Release\.IsInstall\b|\.Release\.IsUpgrade\b"


_DEEPEST = 5


class RandomAtRender(ChartRule):
    """A template makes up something new at every render.

    ## Why
    Each upgrade replaces the password, the certificate or the name, whether anything else changed or not: pods restart,
    clients lose their access. Argo CD and Flux render again and again and never come to rest. Take it from the values
    or an existing Secret, or look first whether the cluster has one (`lookup`). What a hook makes, what is looked up in
    the same named template or file, and what is made at `.Release.IsInstall` only is left alone.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: Secret
    metadata:
      name: {{ .Release.Name }}
    stringData:
      password: {{ randAlphaNum 20 | quote }} # here
    ```

    ## Good
    ```yaml
    {{- $name := .Release.Name }}
    {{- $old := lookup "v1" "Secret" .Release.Namespace $name }}
    apiVersion: v1
    kind: Secret
    metadata:
      name: {{ $name }}
    data:
      {{- if $old }}
      password: {{ $old.data.password | quote }}
      {{- else }}
      password: {{ randAlphaNum 20 | b64enc | quote }}
      {{- end }}
    ```
    """

    id = "random-at-render"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED
    needs = tuple(f"templates:{word}" for word in _WORDS)

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Look for the functions that give something else each time."""
        for path, template in templates(ctx, holding=_may_be_random):
            if "helm.sh/hook" in template.text:
                continue
            for call in template.calls:
                if re.fullmatch(_RANDOM, call.args[0].value) and not _is_kept(ctx, template, call):
                    yield self.fault(
                        at(path, template, call),
                        f"'{call.args[0].value}' gives something new at every render",
                        help="take it from the values or an existing Secret, or keep what 'lookup' finds",
                    )


def _may_be_random(text: str) -> bool:
    """Whether one of the words stands in an action; most templates hold none at all, which is seen sooner."""
    return any(word in text for word in _WORDS) and bool(_MAY_BE_RANDOM.search(text))


def _is_kept(ctx: ChartContext, template: Template, call: Expr, depth: int = 0) -> bool:
    """Whether what was made before is looked up: in the same named template or, outside of any, in the same file.

    Of a named template, also whether everybody who includes it does so.
    """
    define = next((node for node in around(template, call) if node.kind == "define"), None)
    text = template.text[define.start : define.end] if define else template.text
    if re.search(_KEPT, text):
        return True
    if define is None or depth > _DEEPEST:
        return False
    users = [
        (other, use)
        for _, other in templates(ctx, holding=lambda text: define.name in text)
        for use in other.calls
        if use.args[0].value == "include" and len(use.args) > 1 and use.args[1].value == define.name
    ]
    return bool(users) and all(_is_kept(ctx, other, use, depth + 1) for other, use in users)
