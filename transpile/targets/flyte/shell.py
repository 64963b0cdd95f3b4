"""Command text with global variables to what a shell is given."""

import itertools
import re

from transpile.model import Command, Text, VariableRef, plain

_SPECIAL = re.compile(
    r"_*|(?:BASH|COMP_|HIST|LC_|LD_|PYTHON).*|CDPATH|COLUMNS|DIRSTACK|ENV|EUID|FUNCNAME|GROUPS|HOME"
    r"|HOSTNAME|HOSTTYPE|IFS|LANG|LINENO|LINES|LOGNAME|MACHTYPE|MAIL.*|OLDPWD|OPT(?:ARG|ERR|IND)"
    r"|OSTYPE|PATH|PIPESTATUS|POSIXLY_CORRECT|PPID|PS\d|PWD|RANDOM|REPLY|SECONDS|SHELL(?:OPTS)?"
    r"|SHLVL|TERM|TMPDIR|TZ|UID|USER"
)
SHELL_SYNTAX = re.compile(r"[$`|&;<>()'\"\\*?\[\]~#]")
"""What a shell would read as more than text."""

_SUBSTITUTION = re.compile(r"`|\$\(")
_WORD = re.compile(r"[A-Za-z0-9_]")


def environment_names(command: Command, variables: list[str]) -> dict[str, str]:
    """For each global, the environment variable that hands its value to the command.

    Its own name, unless that is no identifier, means something to the shell, or is used in the
    command as a variable of the shell's own.
    """
    written = "\n".join(plain(text, lambda ref: "") for text in command.texts)
    own = {name for name, _ in command.environment}
    found: dict[str, str] = {}
    for name in variables:
        word = re.sub(r"\W", "_", name, flags=re.ASCII)
        clash = re.search(rf"\$\{{?{re.escape(word)}\b", written) or word in own
        if clash or _SPECIAL.fullmatch(word) or word[0].isdigit() or word in found.values():
            word = f"GLOBAL_{word}"
        while word in found.values() or word in own:
            word += "_"
        found[name] = word
    return found


def needs_values_in_place(text: Text) -> bool:
    """True when a reference could not do what the value's text does: put it in before the shell.

    Behind `$` the value would name a variable, and inside a substitution quotes start anew.
    """
    written = plain(text, lambda ref: "")
    nested = _substitutes(written) and ("'" in written or "\\" in written)
    before = (a for a, b in itertools.pairwise(text) if isinstance(b, VariableRef))
    behind_dollar = any(isinstance(part, str) and part.endswith("$") for part in before)
    return behind_dollar or (nested and any(isinstance(part, VariableRef) for part in text))


def shell_text(text: Text, names: dict[str, str], *, quoted: bool = False) -> str:
    """The text with `$NAME` where the source has `$$NAME`, expanded also inside single quotes.

    The source engine puts values in before any shell sees the text; `quoted` says that the text
    will stand between double quotes.
    """
    if len(text) == 1 and isinstance(text[0], str):
        return text[0]
    out: list[str] = []
    state = '"' if quoted else ""
    for position, part in enumerate(text):
        if isinstance(part, str):
            state = _state_after(part, state)
            out.append(part)
            continue
        following = text[position + 1] if position + 1 < len(text) else ""
        out.append(_reference(part, names[part.key], following, state, out))
    return "".join(out)


def _reference(
    ref: VariableRef, name: str, following: str | VariableRef, state: str, out: list[str]
) -> str:
    braces = "{" in ref.text or (isinstance(following, str) and _WORD.match(following))
    word = f"${{{name}}}" if braces else f"${name}"
    if state == "'":
        return f"'\"{word}\"'"
    if out and _escapes(out[-1]):
        # The backslash was for the first character of the value, not for our dollar sign. Between
        # double quotes it stays in front of an ordinary character.
        out[-1] = out[-1][:-1] if not state else out[-1] + "\\"
    return word


def _substitutes(text: str) -> bool:
    """True when a command stands in the text whose output the shell puts in."""
    state, begun = "", 0
    for match in _SUBSTITUTION.finditer(text):
        state = _state_after(text[begun : match.start()], state)
        begun = match.start()
        if state != "'":
            return True
    return False


def _escapes(part: str) -> bool:
    return (len(part) - len(part.rstrip("\\"))) % 2 == 1


def _state_after(part: str, state: str) -> str:
    """Which quote, if any, the shell is inside of behind this text."""
    escaped = False
    for character in part:
        if escaped:
            escaped = False
        elif character == "\\" and state != "'":
            escaped = True
        elif not state and character in "'\"":
            state = character
        elif character == state:
            state = ""
    return state
