"""The programs by which commands call IBM Workload Scheduler."""

import re
from collections.abc import Iterator

from transpile.model.programs import Program, Programs, SchedulerCall

_CONMAN_ASKS = re.compile(
    r"(?:show\w*|s[sjcfpdri]|sys|status|version|v|display|d[fjs]|listsym|recall|rc|help|redo|tell"
    r"|console|exit|continue|setsym)\Z"
)
_CONMAN_KIND = re.compile(r"\s*(?:(?:sched|job|docommand)(?=[\s=]))?\s*=?\s*", re.I)
"""Words such as `sched =` in front of a name."""
_PHP = frozenset("""
    about archive audit browse bump check-platform-reqs clear-cache clearcache config
    create-project depends diagnose dump-autoload dumpautoload exec fund global init install
    licenses outdated prohibits reinstall remove require run run-script search self-update show
    status suggests test update upgrade validate why
    """.split())
"""Commands of PHP's composer."""


def _conman(program: Program) -> Iterator[SchedulerCall]:
    words = [*program.arguments]
    while words and words[0].startswith("-"):
        words.pop(0)
    text = " ".join(words) or "\n".join(program.fed)
    lines = [line.strip() for line in re.split(r"[&\n]", text[:20_000]) if line.strip()]
    for line in lines[:50]:
        verb, _, rest = line.partition(" ")
        verb, _, glued = verb.partition("=")
        rest = _CONMAN_KIND.sub("", f"{glued} {rest}", count=1).strip()
        target = re.split(r"[;\s]", rest, maxsplit=1)[0].strip("\"'")
        targets = (target,) if target else ()
        drives = not _CONMAN_ASKS.match(verb.lower())
        yield SchedulerCall(program.name, verb.lower(), targets, drives=drives)
    if not lines:
        yield SchedulerCall(program.name, "a session")


_COMPOSER_ASKS = frozenset("create cr extract ext display di list li print pr version help".split())


def _composer(program: Program) -> Iterator[SchedulerCall]:
    words = [*program.arguments]
    while words and re.match(r"-(?!-|[dnq]\Z)", words[0]):
        words = words[2:]
    text = " ".join(words) or " ".join(program.fed)
    verb, _, rest = text.strip().partition(" ")
    verb = verb.lower()
    is_ours = re.search(r"[=@#&]", rest) or any(p in rest.lower() for p in ("sched", "jobs"))
    if not verb or verb.startswith("-") or (verb in _PHP and not is_ours):
        return
    yield SchedulerCall(
        program.name, verb, tuple(rest.split()[:1]), drives=verb not in _COMPOSER_ASKS
    )


def _plan(program: Program) -> Iterator[SchedulerCall]:
    yield SchedulerCall(program.name, "plan")


PROGRAMS = Programs(
    {"conman": _conman, "composer": _composer, "JnextPlan": _plan, "planman": _plan}
)
