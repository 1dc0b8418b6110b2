"""Passwords that every installation of a chart shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.secrets._credentials import credentials
from chartgen.rules.secrets._names import holds_private_key, is_literal_secret, names_a_secret

_PLACEHOLDER = r"(?i)[\[(]?(?:your|insert|replace)[-_ ]"


class DefaultPasswordInValues(ChartRule):
    """values.yaml gives a password, a token or a key that every installation shares.

    ## Why
    Whoever installs the chart without reading all its values runs it with a password that is published with the
    chart, and scanners try those first. Leave it empty and demand it (`required`), generate it, or take the name of
    an existing Secret.

    ## Bad
    ```yaml
    # values.yaml
    database:
      user: web
      password: hunter2 # here
    ```

    ## Good
    ```yaml
    # values.yaml
    database:
      user: web
      # Name of a Secret with the key "password"
      existingSecret: ""
      passwordKey: password
      password: ""
    monitoring:
      token: YOUR_API_TOKEN
    ```
    """

    id = "default-password-in-values"
    severity = Severity.WARNING
    profile = Profile.RECOMMENDED

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Walk the values for keys whose names promise a secret and whose values are one."""
        for pointer in _secrets(ctx.data("values.yaml"), Pointer()):
            yield self.fault(
                Place.in_file(ctx.locate("values.yaml", pointer)),
                f"{pointer.dotted} is a secret that every installation shares",
                help="leave it empty and demand it, or take the name of an existing Secret",
            )


def _secrets(value: Any, at: Pointer) -> Iterator[Pointer]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key.lower().startswith("existing"):
                continue  # existingSecret, existingSecrets.token: the name of a Secret, not what it holds
            if holds_private_key(item) or (
                names_a_secret(key) and is_literal_secret(item) and not _names_a_key(key, item, value)
            ):
                if not _is_exposed(item) and not _is_placeholder(key, item):
                    yield at / key
            elif isinstance(item, dict | list):
                yield from _secrets(item, at / key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict | list):
                yield from _secrets(item, at / index)


def _is_exposed(value: str) -> bool:
    """Whether it is a credential that ``exposed-credential`` reports."""
    return next(credentials(value), None) is not None


def _is_placeholder(key: str, value: str) -> bool:
    """Whether a token of somebody else's service waits to be filled in; as a password it would be one."""
    return "pass" not in key.lower() and re.match(_PLACEHOLDER, value) is not None


def _names_a_key(key: str, value: Any, siblings: Mapping[str, Any]) -> bool:
    """Whether a setting names the key of a Secret: ``passwordSecretKey``, or ``secretKey`` beside ``secretName``."""
    lowered = key.replace("_", "").replace("-", "").lower()
    if not lowered.endswith("key"):
        return False
    beside = any("secret" in name.lower() and name.lower().endswith(("name", "secret", "ref")) for name in siblings)
    return beside or names_a_secret(str(value)) or (lowered.endswith("secretkey") and lowered != "secretkey")
