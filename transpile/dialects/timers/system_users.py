"""Whether the lines of a crontab name users, where its path does not say."""

import re
from collections.abc import Callable, Sequence

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?")
SURE_USERS = frozenset(
    "root www-data nobody daemon apache jenkins tomcat oracle postgres ubuntu ec2-user vagrant "
    "gitlab-runner airflow hadoop".split()
)
"""Users of systems whose names are no programs that a line would run."""

_FIELDS = 5


def looks_like_user(word: str) -> bool:
    """True for a word that may be the name of a user."""
    return _NAME.fullmatch(word) is not None


def names_user(
    lines: Sequence[str], looks_like_job: Callable[[str], bool]
) -> tuple[int, str] | None:
    """The number of a line that shows that the lines name users, and the words that show it.

    Either a header says so, or the word behind the time fields of each line looks like a user, and
    some of them can be nothing else.
    """
    shown: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip(" \t")
        if text.startswith("#"):
            if _is_header(text):
                return number, text.lstrip("# \t")
        elif looks_like_job(text):
            words = text.split(None, 3 if text.startswith("@") else _FIELDS + 2)
            behind = words[1:] if text.startswith("@") else words[_FIELDS:]
            if len(behind) < 2 or not looks_like_user(behind[0]):
                return None
            if behind[0] in SURE_USERS and shown is None:
                shown = number, behind[0]
    return shown


def _is_header(text: str) -> bool:
    """True for the comment above the columns of a system crontab."""
    words = " ".join(text.lower().split())
    ends = [words.find(mark) for mark in ("dow", "day of week", "* * * * *")]
    first = max(ends)
    user, command = words.find("user", first), words.rfind("command")
    return 0 <= first < user < command
