"""What counts as the name of a secret, and as a secret written out."""

import pytest

from chartgen.rules.secrets._names import holds_private_key, is_literal_secret, names_a_secret


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD", "DB_PASSWORD", "dbPassword", "redis-password", "GITHUB_TOKEN", "apiKey", "API_KEY", "clientSecret",
        "OAUTH_CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "secretKey", "DJANGO_SECRET_KEY", "PGPASSWORD", "MYSQL_PWD",
        "JWT_SECRET", "ACCOUNT_KEY",
    ],
)  # fmt: skip
def test_secrets(name: str) -> None:
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "PASSWORD_FILE", "passwordSecretName", "TOKEN_TTL", "TOKEN_PATH", "ALLOW_EMPTY_PASSWORD", "existingSecret",
        "usePassword", "AWS_ACCESS_KEY_ID", "secret", "SECRET_NAME", "PUBLIC_KEY", "passwordKey", "tokens", "compass",
        "ETCD_INITIAL_CLUSTER_TOKEN", "automountServiceAccountToken", "tokenReview", "KEY", "PASSWORD_MIN_LENGTH",
    ],
)  # fmt: skip
def test_no_secrets(name: str) -> None:
    assert not names_a_secret(name)


@pytest.mark.parametrize("value", ["hunter2", "changeme", "p@ss/w=rd", "12345678", "s3cr3t ", "password"])
def test_written_out(value: str) -> None:
    assert is_literal_secret(value)


@pytest.mark.parametrize(
    "value",
    [
        None, 1, True, "", "  ", "true", "no", "3600", "$(PASSWORD)", "${PASSWORD}", "$PASSWORD", "prefix-${PASSWORD}",
        "vault:secret/data/db#password", "/run/secrets/db", "<password>", "{{ .Values.x }}", "********", "xxxx",
        "arn:aws:secretsmanager:eu-west-1:1:secret:x", "file:/x", "jwt,priv-key=/opt/jwt.pem", "ref+vault://x",
    ],
)  # fmt: skip
def test_not_written_out(value: object) -> None:
    assert not is_literal_secret(value)


def test_private_keys() -> None:
    begin, body = "-----BEGIN RSA " + "PRIVATE KEY-----", "MIIEpAIBAAKCAQEA75BlY1"
    assert holds_private_key(f"x: |\n{begin}\n{body}\n")
    assert holds_private_key("-----BEGIN " + f"PRIVATE KEY-----\n  {body}")
    assert not holds_private_key(f"starts with {begin} and goes on")
    assert not holds_private_key("-----BEGIN PUBLIC KEY-----\n" + body)
    assert not holds_private_key(None)
