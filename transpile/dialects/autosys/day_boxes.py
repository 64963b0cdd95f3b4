"""How boxes of AutoSys end over days."""

from transpile.dialects.autosys.day_jobs import BAD, FAILURE, STATES, SUCCESS, TERMINATED, Row


def status_of(box: Row) -> str | None:
    """The status in which a box ends now; None while it goes on or does not run.

    AutoSys: box_success and box_failure end a box as soon as they hold. Without them a box has
    succeeded when all members have, and has failed when all have ended and one has not. A
    terminator that fails terminates its box.
    """
    if not box.is_running:
        return None
    live = [row for row in box.members if not (row.is_iced or row.bypassed)]
    ended = [row for row in live if row.ran and row.status in STATES]
    bad = [row for row in ended if row.status in BAD]
    if any(row.job.terminates_box for row in bad):
        return TERMINATED
    has_rule = box.box_failure is not None or box.box_success is not None
    if has_rule and any(row.ran and row.status in STATES for row in box.below()):
        # AutoSys: a change of a member at any depth makes it look at the rules.
        ruled = _ruled(box)
        if ruled is not None:
            return ruled
    if len(ended) < len(live):
        return None
    if bad:
        return None if box.box_failure is not None else FAILURE
    return None if box.box_success is not None else SUCCESS


def turned_status(box: Row) -> str | None:
    """The new status of a box that does not run when one of its members has ended, else None.

    AutoSys: its rules come first; else it has failed if a member has, and succeeded if none has. A
    box that was terminated stays so.
    """
    if box.is_running or box.status == TERMINATED:
        return None
    failed = any(row.status in BAD for row in box.members)
    turned = _ruled(box) or (FAILURE if failed else SUCCESS)
    return turned if turned != box.status else None


def _ruled(box: Row) -> str | None:
    """The status that box_failure, or else box_success, gives a box now."""
    if box.box_failure is not None and box.box_failure():
        return FAILURE
    if box.box_success is not None and box.box_success():
        return SUCCESS
    return None
