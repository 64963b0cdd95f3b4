"""[platform] in transpile.toml: how tasks reach Flyte Admin."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from flytekit import Secret
from flytekit.configuration import AuthType, PlatformConfig

from tests.support import cli

JIL = """insert_job: A
command: true
condition: s(FAR)
"""
FAR = '\n[[external]]\njob = "FAR"\nworkflow = "far"\n'
LOGIN = """endpoint = "admin.example.com:443"
[platform.credentials]
client_id = "batch"
secret = { group = "Flyte", key = "login" }
scopes = ["all", "offline"]
audience = "https://flyte"
"""


def converted(folder: Path, platform: str) -> Path:
    """The folder of the modules that wait for another workflow."""
    (folder / "a.jil").write_text(JIL, encoding="utf-8")
    settings = f"[platform]\n{platform}{FAR}"
    (folder / "transpile.toml").write_text(settings, encoding="utf-8")
    out = folder / "flows"
    assert cli("convert", folder / "a.jil", "-o", out, "--strict").exit_code == 0
    return out


def helpers(folder: Path, platform: str) -> dict[str, Any]:
    """The names of job_runtime.py."""
    out = converted(folder, platform)
    return runpy.run_path(str(out / "job_runtime.py"))


def test_the_endpoint_becomes_the_environment_of_tasks(tmp_path: Path) -> None:
    found = helpers(tmp_path, 'endpoint = "admin:81"\ninsecure = true\n')
    assert found["ENVIRONMENT"] == {
        "FLYTE_PLATFORM_URL": "admin:81",
        "FLYTE_PLATFORM_INSECURE": "true",
    }


def test_without_an_endpoint_there_is_none(tmp_path: Path) -> None:
    assert helpers(tmp_path, "insecure = true\n")["ENVIRONMENT"] == {}


def test_flytekit_reads_the_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret itself stands in no text: Flyte mounts it as a file."""
    found = helpers(tmp_path, LOGIN)
    (secret,) = found["SECRETS"]
    assert (secret.group, secret.key) == ("Flyte", "login")
    assert secret.mount_requirement is Secret.MountType.FILE
    for name, value in found["ENVIRONMENT"].items():
        monkeypatch.setenv(name, value)
    mounted = tmp_path / "mounted"
    mounted.write_text("hush\n", encoding="utf-8")
    variable = "FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION"
    assert found["ENVIRONMENT"][variable] == "/etc/flyte/secrets/flyte/login"
    monkeypatch.setenv(variable, str(mounted))
    read = PlatformConfig.auto()
    assert read == PlatformConfig(
        endpoint="admin.example.com:443",
        client_id="batch",
        client_credentials_secret="hush",
        scopes=["all", "offline"],
        audience="https://flyte",
        auth_mode=AuthType.CLIENTSECRET.value,
    )
    text = (tmp_path / "flows" / "a.py").read_text(encoding="utf-8")
    assert "@task(environment=ENVIRONMENT, secret_requests=SECRETS)" in text


@pytest.mark.parametrize(
    "wrong",
    [
        'endpoint = "https://admin"',
        'endpoint = "admin 81"',
        'endpoint = ""',
        'insecure = "yes"',
        "waits = 0",
        'starts = "no"',
        "credentials = {}",
        'credentials = { client_id = "a" }',
        'credentials = { client_id = "a", secret = "s" }',
        'credentials = { client_id = "a", secret = { group = "g" } }',
        'credentials = { client_id = "a", secret = { group = "g", key = "" } }',
        'credentials = { client_id = "a", secret = { group = "g", key = "k" }, scopes = "s" }',
        'credentials = { client_id = "a", secret = { group = "g", key = "k" }, password = "p" }',
    ],
)
def test_wrong_values(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(f"[platform]\n{wrong}\n", encoding="utf-8")
    rows = json.loads(cli("check", tmp_path, "--format", "json").stdout)["diagnostics"]
    assert [row["line"] for row in rows if row["code"] == "A912"] == [2]
