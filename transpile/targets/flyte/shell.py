"""Turns command texts with global variables into shell text."""

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
"""Characters that a shell interprets."""

_SUBSTITUTION = re.compile(r"`|\$\(")
_WORD = re.compile(r"[A-Za-z0-9_]")


def environment_names(command: Command, variables: list[str]) -> dict[str, str]:
    """The environment variable of each global.

    It has the name of the global unless that is no identifier, has a meaning for the shell, or is
    used in the command as a shell variable.
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
    """True if the value must be inserted before the shell reads the text.

    After `$` the value names a variable, and inside a substitution quoting starts anew.
    """
    written = plain(text, lambda ref: "")
    nested = _substitutes(written) and ("'" in written or "\\" in written)
    before = (a for a, b in itertools.pairwise(text) if isinstance(b, VariableRef))
    behind_dollar = any(isinstance(part, str) and part.endswith("$") for part in before)
    return behind_dollar or (nested and any(isinstance(part, VariableRef) for part in text))


def shell_text(text: Text, names: dict[str, str], *, quoted: bool = False) -> str:
    """The text with `$NAME` for `$$NAME`, also expanded inside single quotes.

    The source inserts values before a shell reads the text. `quoted` text will be between double
    quotes.
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
        # The backslash is for the first character of the value, not for the dollar sign. Between
        # double quotes, a backslash before an ordinary character stays.
        out[-1] = out[-1][:-1] if not state else out[-1] + "\\"
    return word


def _substitutes(text: str) -> bool:
    """True if the text has a command substitution."""
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
    """The quote that is open after this text, if any."""
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
