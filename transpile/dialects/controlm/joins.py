"""When the workflow of an entry starts: at its own time, or with what it waits for.

An entry without a time that waits for others of the same days shares their workflow. An order date
lasts over midnight: what starts before New Day does so on the next calendar day. Entries of which
some start before and some after New Day share no workflow, for their clocks have different days.
"""

from collections.abc import Callable, Iterable, Mapping

from transpile.dialects.controlm.places import Place, is_next_day, minute_in_day

Above = Callable[[Place], Iterable[Place]]
"""What adds the events that an entry waits for."""


def find_starts(places: Mapping[str, Place], above: Above, new_day: int) -> None:
    """Set the starts of all entries."""
    starts = _Starts(places, above, new_day)
    for place in places.values():
        place.starts, place.is_placed = starts.of(place.top)


class _Starts:
    def __init__(self, places: Mapping[str, Place], above: Above, new_day: int) -> None:
        self._places = places
        self._above = above
        self._new_day = new_day
        self._found: dict[str, tuple[tuple[int, ...], bool]] = {}

    def of(self, top: Place) -> tuple[tuple[int, ...], bool]:
        """The starts of what has a clock, and whether they are only those of others."""
        if top.name not in self._found:
            self._found[top.name] = (self._own(top),), False
            if not self._has_time(top):
                self._found[top.name] = self._joined(top)
        return self._found[top.name]

    def _own(self, top: Place) -> int:
        """The start of an entry; a member of a folder starts after it."""
        around = (self._places[folder.name] for folder in top.entry.around)
        return max(minute_in_day(each.start, self._new_day) for each in (top, *around))

    def _has_time(self, top: Place) -> bool:
        return self._own(top) > 0 or top.start is not None or top.cycle is not None

    def _joined(self, top: Place) -> tuple[tuple[int, ...], bool]:
        others = [one.top for one in self._above(top) if one.top is not top]
        alike = [
            one
            for one in others
            if one.is_ordered and one.cycle is None and one.starts_alike == top.starts_alike
        ]
        starts = sorted({start for one in alike for start in self.of(one)[0]})
        if not starts or not top.is_ordered or len(set(map(self._is_late, starts))) > 1:
            return self._found[top.name]
        return tuple(starts), True

    def _is_late(self, start: int) -> bool:
        return is_next_day(start, self._new_day)
