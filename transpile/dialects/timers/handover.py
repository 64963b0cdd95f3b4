"""Takes jobs off cron, anacron and systemd when they move, and puts them back."""

from collections import Counter
from collections.abc import Mapping, Sequence

from transpile.dialects.kit.contract import Handover, Leaving, Problem
from transpile.dialects.kit.handovers import by_hand, file_names, has_ascii, marked
from transpile.dialects.timers.reader import sorted_out
from transpile.dialects.timers.unit_handover import hand_over_units
from transpile.model import Site
from transpile.sources.text import Source, Span, original

_CRONTAB, _ANACRONTAB = ".crontab", ".anacrontab"


def hand_over(sources: Sequence[Source], site: Site, gone: Leaving) -> Handover:
    """Crontabs and anacrontabs without the lines that leave, and scripts for systemd."""
    files, found = sorted_out(sources), Handover({}, {})
    for tables, end in ((files.crontabs, _CRONTAB), (files.anacrontabs, _ANACRONTAB)):
        found = _both(found, _tables(tables, end, gone))
    return _both(found, hand_over_units(files.units, site, gone)) if files.units else found


def _both(one: Handover, other: Handover) -> Handover:
    return Handover(
        {**one.leave, **other.leave},
        {**one.back, **other.back},
        {**one.use, **other.use},
        (*one.problems, *other.problems),
    )


def _tables(sources: Sequence[Source], end: str, gone: Leaving) -> Handover:
    """The tables that a wave changes, each as a whole, with its lines that left commented out.

    Without the wave, the lines of earlier waves are still commented out.
    """
    leave: dict[str, str | bytes] = {}
    back: dict[str, str | bytes] = {}
    use: dict[str, str] = {}
    problems: list[Problem] = []
    names = file_names((source.label for source in sources), end)
    places, twice = _places(gone), Counter(source.label for source in sources)
    for source in sources:
        lines = places.get(source.label, {})
        if gone.wave not in lines.values():
            continue
        if not has_ascii(source) or twice[source.label] > 1:
            problems.append(_by_hand(source, [n for n, w in lines.items() if w == gone.wave]))
            continue
        name, data = f".{names[source.label]}{end}", original(source)
        marks = {number: f"# wave {wave}: " for number, wave in lines.items()}
        before = {n: mark for n, mark in marks.items() if lines[n] != gone.wave}
        leave[name], back[name] = marked(data, marks), marked(data, before)
        use[name] = f"put it in the place of {source.label}"
        if end == _CRONTAB:
            use[name] += "; crontab of a user: crontab -u USER FILE"
    return Handover(leave, back, use, problems)


def _places(gone: Leaving) -> Mapping[str, Mapping[int, str]]:
    """The lines that leave or have left, with their waves, by the label of their source."""
    found: dict[str, dict[int, str]] = {}
    for network, waves in gone.networks:
        for job, wave in waves.items():
            span = network.jobs[job].span
            found.setdefault(span.file, {})[span.line] = wave
    return found


def _by_hand(source: Source, lines: Sequence[int]) -> Problem:
    why = "its name is that of another file" if has_ascii(source) else "it is no text of bytes"
    name = f"line {', '.join(map(str, lines))} of {source.label}"
    return by_hand(name, f"{why}, and has no copy", Span(source.label, lines[0]))
