"""Tokens and keys in the files of a chart."""

from __future__ import annotations

from collections.abc import Iterator

from chartgen.findings import Severity
from chartgen.location import Lines, Location
from chartgen.rules.base import ChartContext, ChartRule, Fault, Place, Profile
from chartgen.rules.secrets._credentials import beginnings_in, credentials

_DOCUMENTATION = (".md", ".md.gotmpl", ".txt", ".png", ".svg", ".tgz", ".lock")
_MOST_BYTES = 1_000_000


class ExposedCredential(ChartRule):
    """A file of the chart holds a token or a private key.

    ## Why
    Whoever reads the repository, the package or a release's history has it, and deleting it later does not help: it
    must be revoked. Looked for are tokens that can be told by their shape (those of AWS, GitHub, GitLab, Slack,
    Google, Stripe and some twenty others) and private keys, in values files, templates and whatever else the chart
    ships, its subcharts, resource definitions and documentation aside. Placeholders are passed over. What is found is
    not printed.

    ## Bad
    ```yaml
    # values.yaml
    registry:
      # A token that reads packages
      token: ghp_tZ4nq8LmR2vXw6KyB1cJd9PfHs3GaUe5QoTi # here
    ```
    ```yaml
    # files/tls.key.yaml
    key: |
      -----BEGIN RSA PRIVATE KEY----- # here
      b3JkZXIgb2YgdGhlIGRheSBpcyB0byB3cml0ZSBhIGtleSB0aGF0IG9wZW5zIG5v
      gb2YgdGhlIGRheSBpcyB0byB3cml0ZSBhIGtleSB0aGF0IG9wZW5zIG5vb3JkZXI
      GhlIGRheSBpcyB0byB3cml0ZSBhIGtleSB0aGF0IG9wZW5zIG5vb3JkZXIgb2Ygd
      -----END RSA PRIVATE KEY-----
    ```

    ## Good
    ```yaml
    # values.yaml
    registry:
      # Name of a Secret with the key "token", for example ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      existingSecret: registry
      accessKey: AKIAIOSFODNN7EXAMPLE
    ```
    """

    id = "exposed-credential"
    severity = Severity.ERROR
    profile = Profile.BASELINE

    def check(self, ctx: ChartContext) -> Iterator[Fault]:
        """Read every file of the chart itself that may hold something."""
        chart = ctx.chart
        files = {
            path: content
            for path, content in (*chart.files.items(), *chart.unpackaged.items())
            if len(content) <= _MOST_BYTES and not path.startswith(("charts/", "crds/"))
            if not path.endswith(_DOCUMENTATION)
        }
        anywhere = beginnings_in(b"\n".join(files.values()))
        if not anywhere:  # as with nearly every chart: one look instead of many
            return
        for path, content in files.items():
            beginnings = beginnings_in(content, anywhere)
            text = (chart.text(path) or "") if beginnings else ""
            lines = Lines(text)
            for found in credentials(text, beginnings) if beginnings else ():
                line, column = lines.position(found.start)
                yield self.fault(
                    Place.in_file(Location(path, line, column)),
                    f"holds {found}",
                    help="revoke it, and take the name of an existing Secret instead",
                )
