"""Finds what a command needs: hosts, folders, secrets, mail addresses and programs."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from transpile.analysis.invoked import programs
from transpile.findings.need import Need
from transpile.model.programs import Schedulers

Found: TypeAlias = tuple[Need, str]
"""A need by its kind and name."""

LONGEST = 20_000
"""Maximum number of characters of a command that are read."""

FARTHEST = 20
"""So many words behind a program are searched for hosts."""

_MASK = "***"
_SECRET = (
    r"[\w.-]{0,60}(?:passw|passphrase|pwd|secret|token|credential|api[_.-]?key"
    r"|access[_.-]?key|private[_.-]?key)[\w.-]{0,60}"
)
_SECRET_NAME = re.compile(_SECRET, re.I)
_NO_SECRETS = frozenset(("pwd", "oldpwd"))
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s;&|<>()]+)"""
_ASSIGNED = re.compile(
    rf"""(?<![\w.-])({_SECRET})["']?[ \t]{{0,3}}[=:][ \t]{{0,3}}{_VALUE}""", re.IGNORECASE
)
_OPTION = re.compile(rf"(?<![\w.-])(-{_SECRET})[ \t]{{1,3}}(?!-){_VALUE}", re.IGNORECASE)
_LOGIN = re.compile(r"""(?<![\w./-])([\w$.-]{1,60}[/:])([^\s/@"']{1,100})(?=@)""")
_LOGIN_OF_URL = re.compile(r"(://[^\s/:@]{0,100}:)([^\s/@]{1,100})(?=@)")
_USER_OPTION = re.compile(r"""((?:^|\s)(?:-u|--user)[ =]\s{0,3}["']?[\w.-]{1,60}:)([^\s"']+)""")
_SSHPASS = re.compile(r"(\bsshpass\s{1,3}-p\s{0,3})(\S+)")
_REFERENCE = re.compile(r"\$\{?(\w{1,80})\}?")
_MAIL = re.compile(
    r"""(?:^|(?<=[\s"',;<]))\w[\w.+-]{0,63}@[A-Za-z][\w-]{0,62}(?:\.[\w-]{1,62}){1,5}"""
)
_PATH = re.compile(r"(?<![\w.$~/\\:}*?@^%)-])/(?:[\w.+@,-]+/)*(?:[\w.+@,-]+)?")
_DRIVE = re.compile(r"""(?<!\w)([A-Za-z]:\\(?:[^\\\s"'|<>;&$%*?]+\\)*)""")
_SHARE = re.compile(r"(?<![\w\\])\\\\([\w.-]+)\\[\w.$-]+")
_URL = re.compile(r"[a-z]{2,10}://(?:[^\s/@]{1,200}@)?([A-Za-z0-9][\w.-]*)")
_SYSTEM = re.compile(r"/(?:usr/(?:local/)?)?s?bin\Z|/(?:dev|proc|sys)(?:/|\Z)")
_HOST = re.compile(r"(?:[\w.-]{1,60}@)?([A-Za-z0-9][\w.-]{0,250})")
_PROGRAM = re.compile(r"[\w.+-]{1,60}")

_SHELLS_OUT = frozenset(("ssh", "sftp", "rsh", "remsh", "ftp", "telnet"))
_COPIES = frozenset(("scp", "rsync", "sftp", "rcp"))
_TAKES_WORD = re.compile(r"-[bcDEeFIiJLlmOopQRSWw]")
_BUILTINS = frozenset("""
    : . [ [[ ( ) alias break case cd continue declare do done echo elif else esac eval exit export
    false fi for function getopts hash if in let local printf pwd read readonly rem return set shift
    sleep source test then trap true type typeset ulimit umask unalias unset until wait while
    """.split())
_DATABASES = frozenset("""
    beeline bcp bq bteq clickhouse-client clpplus cqlsh db2 duckdb expdp fastload fexp hive
    impala-shell impdp isql mariadb mload mongo mongodump mongosh mysql mysqldump nzload nzsql osql
    pg_dump pg_restore presto psql redis-cli rman snowsql spark-sql sqlcl sqlcmd sqlite3 sqlldr
    sqlplus sqsh tbuild tnsping tpt trino vsql
    """.split())


def is_secret(name: str) -> bool:
    """True for a name that looks like that of a secret."""
    return _SECRET_NAME.fullmatch(name) is not None and name.lower() not in _NO_SECRETS


def without_secrets(text: str) -> str:
    """The text with *** in the place of values that look like secrets."""
    return _cleaned(text, {})


def needs_of_text(text: str) -> Iterator[Found]:
    """The hosts, folders and mail addresses in a text without secrets."""
    for match in _PATH.finditer(text):
        folder = match[0].rpartition("/")[0]
        if folder and not _SYSTEM.match(folder):
            yield Need.FOLDER, folder
    for match in _DRIVE.finditer(text):
        yield Need.FOLDER, match[1].rstrip("\\") + ("\\" if match[1].count("\\") == 1 else "")
    for match in _SHARE.finditer(text):
        yield Need.FOLDER, match[0]
        yield Need.HOST, match[1]
    for match in _MAIL.finditer(text):
        yield Need.MAIL, match[0]
    for match in _URL.finditer(text):
        yield Need.HOST, match[1]
    yield from _called(text.split())


def needs_of_command(
    text: str, variables: Mapping[str, str], schedulers: Schedulers
) -> tuple[dict[Found, None], frozenset[str]]:
    """What a command needs, and the names of secrets whose values it contains."""
    found: dict[Found, None] = {}
    told: dict[str, bool] = {}
    clean = _cleaned(text[:LONGEST], told)
    found.update(dict.fromkeys(needs_of_text(clean)))
    for match in _REFERENCE.finditer(clean):
        if is_secret(match[1]):
            told.setdefault(match[1], False)
    found.update(dict.fromkeys((Need.SECRET, name) for name in told))
    for program in programs(text[:LONGEST], dict(variables)):
        calls = list(schedulers.calls(program))
        found.update(dict.fromkeys((Need.UTILITY, f"{c.program} {c.event}") for c in calls))
        name = program.name
        if not calls and name not in _BUILTINS and _PROGRAM.fullmatch(name):
            kind = Need.DATABASE if name.lower() in _DATABASES else Need.PROGRAM
            found[kind, name] = None
    return found, frozenset(name for name, in_clear in told.items() if in_clear)


def _cleaned(text: str, told: dict[str, bool]) -> str:
    """The text without secrets; `told` learns their names, and whether a value is there."""

    def assigned(match: re.Match[str]) -> str:
        name, value = match[1], match[2].strip("\"'")
        if not is_secret(name):
            return match[0]
        refers = _REFERENCE.fullmatch(value) is not None or not value or "%" in value
        told[name] = told.get(name, False) or not refers
        return match[0] if refers else match[0][: match.start(2) - match.start()] + _MASK

    def login(match: re.Match[str]) -> str:
        refers = match[2].startswith(("$", "%")) or match[2] == _MASK
        told["login"] = told.get("login", False) or not refers
        return match[1] + _MASK

    for pattern in (_ASSIGNED, _OPTION):
        text = pattern.sub(assigned, text)
    for pattern in (_SSHPASS, _USER_OPTION, _LOGIN_OF_URL, _LOGIN):
        text = pattern.sub(login, text)
    return text


def _called(words: list[str]) -> Iterator[Found]:
    """The hosts that programs such as ssh and scp name."""
    for number, word in enumerate(words):
        name = word.rpartition("/")[2]
        if name in _SHELLS_OUT:
            host = _first_argument(words[number + 1 : number + FARTHEST])
            if host is not None and (match := _HOST.fullmatch(host.partition(":")[0])):
                yield Need.HOST, match[1]
        if name in _COPIES:
            for argument in words[number + 1 : number + FARTHEST]:
                host, sign, _ = argument.partition(":")
                if sign and len(host) > 1 and (match := _HOST.fullmatch(host)):
                    yield Need.HOST, match[1]


def _first_argument(words: list[str]) -> str | None:
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 2 if _TAKES_WORD.fullmatch(words[place]) else 1
    return words[place].strip("\"'") if place < len(words) else None
