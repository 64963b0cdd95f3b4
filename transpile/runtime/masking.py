"""Texts fit for a log: without secrets and control characters."""

import re

# Matches values behind names and options that look like those of secrets.
_SECRET_NAME = (
    r"[\w.-]{0,60}(?:passw|passphrase|pwd|secret|token|credential|api[_.-]?key"
    r"|access[_.-]?key|private[_.-]?key)[\w.-]{0,60}"
)
_SECRETS = re.compile(
    r"((?<![\w.-])" + _SECRET_NAME + r"""["']?[ \t]{0,3}[=:][ \t]{0,3}"""
    r"|(?<![\w.-])-" + _SECRET_NAME + r"[ \t]{1,3}|\bsshpass[ \t]{1,3}-p[ \t]{0,3}"
    r"""|\bauthorization["']?[ \t]{0,3}:[ \t]{0,3}(?:\w{1,20}[ \t]{1,3})?"""
    r"|://[^\s/:@]{0,100}:(?=[^\s/@]{1,100}@))"
    # A reference to a shell variable is not a secret: the text lacks its value.
    r"""(?!\$\{?\w+\}?(?:[\s"';&|]|\Z))"""
    r"""("(?:[^"\\]|\\.)*"|'[^']*'|(?:(?<=:)[^\s/@"']+(?=@)|[^\s;&|"'<>()]+))""",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text with *** in the place of values that look like secrets."""
    return _SECRETS.sub(r"\1***", text)


def shown(text: str) -> str:
    """The first 200 characters of a text without secrets and control characters."""
    clean = masked(text[:4000])[:200]
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in clean)
