"""Passwords that every installation of a chart shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chartgen.findings import Severity
from chartgen.location import Pointer
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.secrets._names import holds_private_key, is_literal_secret, names_a_secret


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
            if _is_secret(key, item):
                yield at / key
            else:
                yield from _secrets(item, at / key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _secrets(item, at / index)


def _is_secret(key: str, value: Any) -> bool:
    if holds_private_key(value):
        return True
    # "passwordSecretKey: admin-password" names the key of a Secret.
    is_key_of_secret = key.lower().endswith("key") and isinstance(value, str) and names_a_secret(value)
    return names_a_secret(key) and is_literal_secret(value) and not is_key_of_secret
