"""Joins the folders of an estate to a network."""

from collections.abc import Sequence

from transpile.dialects.controlm.builder import Builder, adjusts, read_wait
from transpile.dialects.controlm.calendars import CALENDARS, read_calendars, report_unused
from transpile.dialects.controlm.commands import CommandReader, is_dummy
from transpile.dialects.controlm.conditions import Conditions
from transpile.dialects.controlm.day_engine import ControlMDays
from transpile.dialects.controlm.days import DayReader
from transpile.dialects.controlm.effects import EffectReader, Effects
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.engine import ControlM
from transpile.dialects.controlm.entries import Entry, Reporter, entries_of, title_of
from transpile.dialects.controlm.joins import find_starts
from transpile.dialects.controlm.orders import Orders
from transpile.dialects.controlm.places import Place
from transpile.dialects.controlm.plan import Planned
from transpile.dialects.controlm.races import report_races
from transpile.dialects.controlm.readings import MIXED, new_day_of
from transpile.dialects.controlm.times import read_pause
from transpile.dialects.controlm.variables import Variables
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.model.readings import taken
from transpile.model.zones import Zones


def build_network(elements: Sequence[Element], diagnostics: Diagnostics, site: Site) -> Network:
    """The network of all folders and jobs."""
    reporter = Reporter(diagnostics)
    chosen = dict(site.readings)
    answers = taken(ControlMDays.readings, chosen)
    new_day = new_day_of(answers)
    zones = Zones(dict(site.timezones))
    calendars = read_calendars((e for e in elements if e.tag in CALENDARS), diagnostics)
    entries = entries_of((e for e in elements if e.tag not in CALENDARS), diagnostics)
    days = DayReader(calendars, chosen, diagnostics)
    orders = Orders(days, zones, chosen, new_day, reporter)
    places = orders.places(entries)
    effects = _effects(entries, places, answers[MIXED.name], reporter)
    conditions = Conditions(places, site, reporter)
    find_starts(places, conditions.above, new_day)
    variables = Variables(diagnostics, zones.default)
    builder = Builder(
        places, effects, conditions, orders, CommandReader(variables, reporter), variables, reporter
    )
    jobs = {job.name: job for job in builder.build()}
    report_races(places, conditions, reporter)
    report_unused(calendars, diagnostics)
    for element in elements:
        if element.tag == "FOLDER":
            reporter.finish_plain(element)
    return Network(
        jobs,
        variables.variables,
        engine=ControlM,
        tally=reporter.tally,
        outside=conditions.outside,
        plan=tuple(map(_planned, places.values())),
    )


def _effects(
    entries: Sequence[Entry], places: dict[str, Place], mixed: str, reporter: Reporter
) -> dict[str, Effects]:
    """What follows from the ends of all entries; sets what they wait for, and who forces them."""
    targets: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        holder = title_of(entry.container)
        title = "" if entry.is_folder else entry.title
        targets.setdefault((entry.title if entry.is_folder else holder, title), []).append(entry)
        if entry.container.tag == "FOLDER":
            targets.setdefault((holder, ""), []).append(entry)
    reader = EffectReader(targets, reporter)
    found: dict[str, Effects] = {}
    for entry in entries:
        place = places[entry.name]
        read_wait(place, mixed, reporter)
        effects = found[entry.name] = reader.read(entry)
        place.ends = effects.ends
    for place in places.values():
        for end in place.ends:
            for name in end.forces:
                places[name].forced_by.append((place, end.codes))
    return found


def _planned(place: Place) -> Planned:
    entry = place.entry
    return Planned(
        name=place.name,
        folder=entry.folder.name if entry.folder else None,
        is_folder=entry.is_folder,
        days=place.days if place.head is None else None,
        is_ordered=place.is_ordered,
        wait=place.wait,
        ends=place.ends,
        start=place.start,
        until=place.until,
        max_wait=place.max_wait,
        cycle=place.cycle,
        pause=read_pause(entry.element) if place.cycle is None else None,
        reruns=entry.number("MAXRERUN"),
        confirms=entry.flag("CONFIRM"),
        is_dummy=is_dummy(entry),
        adjusts=adjusts(entry),
        zone=place.zone,
    )
