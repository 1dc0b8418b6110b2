"""What is taken for a credential by its shape. The tokens are made here, so that none stands in the repository."""

import random
import string
from base64 import b64encode

import pytest

from chartgen.rules.secrets._credentials import beginnings_in, credentials

LETTERS = string.ascii_letters + string.digits
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
HEX = "0123456789abcdef"


def drawn(alphabet: str, length: int) -> str:
    """A text drawn by chance, the same in every run."""
    return "".join(random.Random(length).choices(alphabet, k=length))


PEM = "\n".join(
    (
        "-----BEGIN RSA PRIVATE KEY-----",
        *(drawn(LETTERS + "+/", 64 + n)[:64] for n in range(4)),
        "-----END RSA PRIVATE KEY-----",
    )
)

TOKENS = [
    ("an AWS access key", "AKIA" + drawn(UPPER, 16)),
    ("a GitHub token", "ghp_" + drawn(LETTERS, 36)),
    ("a GitHub token", "github_pat_" + drawn(LETTERS + "_", 82)),
    ("a GitLab token", "glpat-" + drawn(LETTERS, 20)),
    ("a Slack token", "xoxb-845127639012-" + drawn(LETTERS, 24)),
    ("a Slack webhook", f"https://hooks.slack.com/services/T{drawn(UPPER, 9)}/B{drawn(UPPER, 9)}/{drawn(LETTERS, 24)}"),
    ("a Google API key", "AIza" + drawn(LETTERS, 35)),
    ("a Stripe key", "sk_live_" + drawn(LETTERS, 24)),
    ("an npm token", "npm_" + drawn(LETTERS, 36)),
    ("a DigitalOcean token", "dop_v1_" + drawn(HEX, 64)),
    ("a Terraform Cloud token", drawn(LETTERS, 14) + ".atlasv1." + drawn(LETTERS, 67)),
    ("a Grafana token", "glsa_" + drawn(LETTERS, 32) + "_" + drawn(HEX, 8)),
    ("a SendGrid key", "SG." + drawn(LETTERS, 22) + "." + drawn(LETTERS, 43)),
    ("an Azure storage key", "AccountName=a;AccountKey=" + drawn(LETTERS, 86) + "=="),
    ("a private key", PEM),
    ("a private key", PEM.replace("\n", "\\n")),
    ("a private key in base64", b64encode(PEM.encode()).decode()),
]  # fmt: skip


@pytest.mark.parametrize(("what", "token"), [pytest.param(*case, id=f"{case[0]} {n}") for n, case in enumerate(TOKENS)])
@pytest.mark.parametrize("frame", ["{}", "token: {}\n", "--set=x={} -v", '"{}"'])
def test_credentials_are_known_by_their_shape(what: str, token: str, frame: str) -> None:
    text = frame.format(token)
    assert beginnings_in(text.encode())
    assert set(beginnings_in((text + "-_ok.KEY Sk gh_ x" * 3000).encode())) == set(beginnings_in(text.encode()))
    (found,) = credentials(text)
    assert found.what == what
    assert text[found.start :].startswith((token[:4], found.prefix))


@pytest.mark.parametrize(("what", "token"), [pytest.param(*case, id=f"{case[0]} {n}") for n, case in enumerate(TOKENS)])
def test_they_are_not_told_on(what: str, token: str) -> None:
    """What a message shows is what everyone knows of such a token."""
    (found,) = credentials(token)
    said = str(found).replace(found.prefix, "").replace(what, "")
    assert not any(token[start : start + 6] in said for start in range(len(token) - 6))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "ghp_" + "0123456789" * 3 + "abcdef",
        "ghp_short",
        "an_ghp_" + drawn(LETTERS, 36),
        "glpat-your-token-goes-here-please",
        "AIza" + drawn(LETTERS, 60),
        "npm_config_registry_is_a_setting_of_npm_and_no_token",
        "sk_test_" + drawn(LETTERS, 24),
        "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nMIIC...\n-----END PRIVATE KEY-----",
        PEM.replace("RSA PRIVATE", "ENCRYPTED PRIVATE"),
        PEM.replace("PRIVATE KEY", "CERTIFICATE"),
        b64encode(PEM.replace("RSA PRIVATE KEY", "CERTIFICATE").encode()).decode(),
        "sha256:" + drawn(HEX, 64),
        "{{ .Values.token }}",
        "AccountKey={{ .Values.key }}==",
    ],
)
def test_what_is_none(text: str) -> None:
    assert list(credentials(text)) == []
