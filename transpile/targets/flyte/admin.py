"""How tasks reach Flyte Admin: constants of `job_runtime.py` that [platform] decides."""

from transpile.model import Platform
from transpile.targets.flyte.literals import string

SECRETS = "/etc/flyte/secrets"
"""Where Flyte mounts secrets; flytekit reads them in lower case."""


def constants_of(platform: Platform) -> dict[str, str]:
    """The definitions of ENVIRONMENT and SECRETS, by name; none without an endpoint."""
    if not platform.endpoint:
        return {}
    variables = {"FLYTE_PLATFORM_URL": platform.endpoint}
    variables |= {"FLYTE_PLATFORM_INSECURE": "true"} if platform.insecure else {}
    secrets = []
    if login := platform.credentials:
        path = f"{SECRETS}/{login.group.lower()}/{login.key.lower()}"
        variables["FLYTE_CREDENTIALS_CLIENT_ID"] = login.client_id
        variables["FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION"] = path
        variables |= {"FLYTE_CREDENTIALS_SCOPES": ",".join(login.scopes)} if login.scopes else {}
        variables |= {"FLYTE_CREDENTIALS_AUDIENCE": login.audience} if login.audience else {}
        secrets = [
            f"group={string(login.group)},",
            f"key={string(login.key)},",
            "mount_requirement=Secret.MountType.FILE,",
        ]
    pairs = (f"    {string(name)}: {string(value)}," for name, value in variables.items())
    found = {"ENVIRONMENT": "\n".join(["ENVIRONMENT: dict[str, str] = {", *pairs, "}"])}
    if secrets:
        lines = (f"        {line}" for line in secrets)
        text = ["SECRETS: list[Secret] = [", "    Secret(", *lines, "    )", "]"]
        found["SECRETS"] = "\n".join(text)
    return found
