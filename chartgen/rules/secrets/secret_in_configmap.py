"""Passwords kept where everybody may read."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from chartgen.engine.objects import RenderedObject
from chartgen.findings import Severity
from chartgen.kube.access import mapping
from chartgen.location import Pointer
from chartgen.rules.base import Fault, ObjectRule, Place, Profile, ScenarioContext
from chartgen.rules.secrets._credentials import credentials
from chartgen.rules.secrets._names import holds_private_key, is_literal_secret, names_a_secret
from chartgen.tuples import NamedTuple

_CONFIG_FILE = re.compile(r"\.(?:ini|ya?ml|properties|conf|cfg|cnf|toml|env)\Z")

_SETTING = re.compile(
    r"^[ \t]*[\"']?([A-Za-z][\w.-]*)[\"']?[ \t]*[:=][ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[^\s#]+)[ \t]*$", re.MULTILINE
)


class Options(NamedTuple):
    """Which keys promise a secret."""

    names: tuple[str, ...] = ()


class SecretInConfigmap(ObjectRule):
    """A ConfigMap holds a password, a token or a private key.

    ## Why
    ConfigMaps are for everyone: the role `view` reads them, tools print them, backups keep them in plain text.
    Secrets are left out of `view` and can be encrypted at rest. Looked at are keys whose names promise a secret,
    private keys, tokens that can be told by their shape, and the settings of passwords in configuration files.

    ## Options
    - `names` (default none): patterns for keys, whatever their case, as in a shell: `*password*`. With them each such
      key counts whatever its value, private keys do, and nothing else.

    ## Bad
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      DB_HOST: db.example.com
      DB_PASSWORD: hunter2 # here
      app.ini: | # here
        [database]
        host = db.example.com
        password = hunter2
    ```

    ## Good
    ```yaml
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      DB_HOST: db.example.com
      DB_PASSWORD_FILE: /run/secrets/db
      app.ini: |
        [database]
        host = db.example.com
        password = ${DB_PASSWORD}
    ```
    """

    id = "secret-in-configmap"
    severity = Severity.ERROR
    profile = Profile.RECOMMENDED
    options: Options = Options()
    kinds = frozenset({"ConfigMap"})

    def check(self, obj: RenderedObject, ctx: ScenarioContext) -> Iterator[Fault]:
        """Look at keys, and into files."""
        for key, value in mapping(obj.body, "data").items():
            if not isinstance(value, str):
                continue
            what = f"{key!r} holds a private key" if holds_private_key(value) else self._secret(key, value)
            if what:
                yield self.fault(
                    Place.on(obj, Pointer(("data", key)), key=True),
                    what,
                    help="keep it in a Secret, and let the program read it from there",
                )

    def _secret(self, key: str, value: str) -> str:
        """What an entry gives away, in words, or ``""``."""
        if self.options.names:
            matches = any(fnmatchcase(key.lower(), pattern.lower()) for pattern in self.options.names)
            return f"{key!r} is a secret in plain text" if matches else ""
        if names_a_secret(key) and "\n" not in value.strip() and is_literal_secret(value):
            return f"{key!r} is a secret in plain text"
        if _CONFIG_FILE.search(key) and (setting := _password_in(value)):
            return f"{key!r} sets {setting!r} in plain text"
        found = next(credentials(value), None) if len(value) >= 20 else None
        return f"{key!r} holds {found}" if found else ""


def _password_in(text: str) -> str:
    """The first setting in a configuration file that gives a password, or ``""``."""
    for name, value in _SETTING.findall(text):
        last = name.replace("-", "_").rpartition(".")[2]
        if (
            last.lower().endswith(("password", "passwd"))
            and names_a_secret(last)
            and is_literal_secret(value.strip("\"'"))
        ):
            return str(name)
    return ""
