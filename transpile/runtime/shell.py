"""Shell code around a command."""

import shlex
from collections.abc import Container, Mapping

NO_FILE = "kill -USR1 $$"


def opened(profile: str, stdin: str, stdout: str, stderr: str) -> list[str]:
    """The lines before a command that read its profile and open its files."""
    lines = [
        # A file that cannot be opened must not look like an exit code of the command.
        f"command . {quoted(_located(profile))} || {NO_FILE}" if profile else "",
        f"command exec < {quoted(stdin)} || {NO_FILE}" if stdin else "",
        f"command exec {_redirection(stdout)} || {NO_FILE}" if stdout else "",
        f"command exec 2{_redirection(stderr)} || {NO_FILE}" if stderr else "",
    ]
    return list(filter(None, lines))


def _redirection(target: str) -> str:
    if target == "> &1":
        return ">&1"
    append = target.startswith(">>")
    return f"{'>>' if append else '>'} {quoted(target.lstrip('>').strip())}"


def _located(profile: str) -> str:
    # Without a slash the shell would look for the file on its search path.
    return profile if "/" in profile else f"./{profile}"


def quoted(path: str) -> str:
    """The path as a shell word, in which variables still work."""
    if path.startswith("~/"):
        path = f"$HOME{path[1:]}"
    for character in ("\\", '"', "`"):
        path = path.replace(character, "\\" + character)
    return '"' + path.replace("$(", "\\$(") + '"'


def shell_script(
    command: str,
    *,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    stdout: str = "",
    stderr: str = "",
    profile: str = "",
    success_codes: Container[int] = (0,),
) -> str:
    """The script of a ShellTask that does what `run` does with the same arguments.

    flytekit fills in the script: "{inputs.x}" is the value of an input, a double brace a brace.
    """
    lines = []
    for name, value in (env or {}).items():
        if "{inputs." in value:
            # A here-document keeps the value as it is.
            lines += [f"{name}=$(cat <<'END_OF_{name}'", value, f"END_OF_{name}", ")"]
            lines += [f"export {name}", _required(name)]
        else:
            lines.append(f"export {name}={shlex.quote(value)}")
    lines += opened(profile, stdin or "/dev/null", stdout, stderr)
    return "\n".join([*lines, *_judged(command, success_codes)])


def container_command(
    command: str,
    *,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    stdout: str = "",
    stderr: str = "",
    profile: str = "",
    shell: str = "/bin/sh",
    success_codes: Container[int] = (0,),
) -> list[str]:
    """The command of a ContainerTask that does what `run` does with the same arguments.

    "{{.inputs.x}}" is the value of an input; the shell gets those in `env` as its arguments.
    """
    lines, values = [], []
    for name, value in (env or {}).items():
        if "{{.inputs." in value:
            values.append(value)
            lines += [f'{name}="${len(values)}"', f"export {name}", _required(name)]
        else:
            lines.append(f"export {name}={shlex.quote(value)}")
    lines += opened(profile, stdin or "/dev/null", stdout, stderr)
    script = "\n".join([*lines, *_judged(command, success_codes)])
    return [shell, "-c", script, shell, *values]


def _required(name: str) -> str:
    """The line that ends a script if a variable is a global without a value."""
    said = f'echo "no value for ${name}: pass one as input of the workflow" >&2'
    return f"case ${name} in *'$$'[A-Za-z0-9_]*) {said}; exit 1;; esac"


def _judged(command: str, success_codes: Container[int]) -> list[str]:
    """The lines that run a command and exit with 0 if it succeeded."""
    good = [str(code) for code in range(129) if code in success_codes]
    if good == ["0"]:
        return [command]
    judge = [f"case $code in {'|'.join(good)}) exit 0;; esac"] if good else []
    unless_good = ["code=$?", *judge, "[ $code = 0 ] || exit $code", "exit 1"]
    return ["(", command, ")", *unless_good]
