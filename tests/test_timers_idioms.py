"""Idioms of crontabs: tests of the date, locks, programs about mail."""

import subprocess
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.crontabs import codes, jobs, messages, network, text
from transpile.dialects.kit.clock_days import ClockPlan
from transpile.dialects.timers.guards import limited
from transpile.dialects.timers.idioms import locks_of, without_programs, without_tests
from transpile.dialects.timers.settings import CRONIE
from transpile.model import DayRule, Days, Job

UTC = timezone.utc


def days(job: Job) -> str:
    """The days of a job."""
    return str(job.schedule.days) if job.schedule else ""


def read(command: str, fields: str = "0 9 * * *", before: str = "") -> tuple[str, str]:
    """The days and the command of a line with that command, which has no `%` that is escaped."""
    escaped = command.replace("%", "\\%")
    (job,) = jobs(f"{before}{fields} {escaped}\n")
    return days(job), text(job)


# -------------------------------------------------------------------- tests of the date


@pytest.mark.parametrize(
    ("test", "shown"),
    [
        ('[ "$(date +%d)" -le 7 ]', "day 1-7"),
        ("[ $(date +%d) -le 07 ]", "day 1-7"),
        ("[ `date +%d` -lt 8 ]", "day 1-7"),
        ("[ $(date '+%d') -ge 25 ]", "day 25-31"),
        ('[ $(/bin/date "+%d") -gt 30 ]', "day 31"),
        ("[ 7 -ge $(date +%d) ]", "day 1-7"),
        ("[ $(date +%d) = 01 ]", "day 1"),
        ("[ $(date +%-d) = 1 ]", "day 1"),
        ("[ $(date +%e) = 7 ]", "day 7"),
        ('[ "$(date +%e)" = " 7" ]', "day 7"),
        ("[ $(date +%d) -ne 1 ]", "day 2-31"),
        ("[ $(date +%u) -eq 1 ]", "mo"),
        ("[ $(date +%u) = 7 ]", "su"),
        ("[ $(date +%w) -eq 0 ]", "su"),
        ("[ $(date +%u) -lt 6 ]", "mo,tu,we,th,fr"),
        ("[ $(date +%a) = Mon ]", "mo"),
        ("[ Sunday != $(LC_ALL=C date +%A) ]", "mo,tu,we,th,fr,sa"),
        ("[ $(date +%m) = 12 ]", "daily of month 12"),
        ("[ $(date +%b) = Feb ]", "daily of month 2"),
        ("[ $(date +%m) -le 3 ]", "daily of month 1-3"),
        ("test $(date +%d) -eq 13", "day 13"),
        ('[ "$(date -d tomorrow +%d)" = 01 ]', "day -1"),
        ("[ $(date +%d -d '+1 day') -eq 1 ]", "day -1"),
        ("[ $(date --date=tomorrow +%d) -eq 1 ]", "day -1"),
        ("[ $(date -v+1d +%d) -eq 1 ]", "day -1"),
        ("[ $(date -d tomorrow +%u) -eq 1 ]", "su"),
        ('[ "$(date -d \'+7 days\' +%m)" != "$(date +%m)" ]', "day -7,-6,-5,-4,-3,-2,-1"),
        ("[ $(date +%m) -ne $(date -d '1 day' +%m) ]", "day -1"),
        ("[ $(date +%d) -le 31 ]", "daily"),
    ],
)
def test_a_test_of_the_date_names_days(test: str, shown: str) -> None:
    assert read(f"{test} && a b") == (shown.removeprefix("daily "), "a b")


@pytest.mark.parametrize(
    "command",
    [
        # False on every day: the text is not what its author thinks.
        *("[ $(date +%d) = 7 ] && a", '[ "$(date +%e)" = 7 ] && a', "[ $(date +%a) = mon ] && a"),
        # dash knows neither `==` nor `[[`.
        *("[ $(date +%d) == 07 ] && a", "[[ $(date +%u) = 1 ]] && a"),
        # Other commands, formats, operators and zones.
        *("[ $(date +%j) -eq 1 ] && a", "[ $(date -u +%d) -eq 1 ] && a", "[ $(date) = 1 ] && a"),
        *("[ $(TZ=UTC date +%d) -eq 1 ] && a", "[ $(date -d friday +%d) -le 7 ] && a"),
        *("[ $(date +%d) -le 7 -a x = x ] && a", "[ ! $(date +%d) -le 7 ] && a"),
        *('[ "x$(date +%d)" = x01 ] && a', "[ $(date +%d) -le $N ] && a", "[ $(date +%d) ] && a"),
        *("[ $(date +%d%m) -le 7 ] && a", "[ $(date +%d | cat) -le 7 ] && a"),
        *("[ $(date -d '30 days' +%m) != $(date +%m) ] && a",),
        *("[ $(date -d '2 days' +%d) -eq 1 ] && a", "[ $(date -d tomorrow +%d) -eq 2 ] && a"),
        # The test decides about a part of the line only.
        *("[ $(date +%d) -le 7 ] && a; b", "[ $(date +%d) -le 7 ] && a || b"),
        *("[ $(date +%d) -le 7 ] && a &", "a; [ $(date +%d) -le 7 ] && b"),
        *("[ $(date +%d) -le 7 ] || a && b", "[ $(date +%d) -le 7 ] && if x; then a; fi"),
        *("[ $(date +%d) -le 7 ] || exit 1 && a", "if [ $(date +%d) -le 7 ]; then a; else b; fi"),
        *("if [ $(date +%d) -le 7 ]; then a; fi; b", "while [ $(date +%d) -le 7 ]; do a; done"),
        *("[ $(date +%d) -le 7 ] && 'a", "[ $(date +%d) -le 7 ]", "[ $(date +%d) -le 7 ] || exit"),
        "if x; then if [ $(date +%d) -le 7 ]; then a; fi; fi",
    ],
)
def test_a_test_whose_meaning_is_not_certain_stays(command: str) -> None:
    assert read(command) == ("daily", command)


@pytest.mark.parametrize(
    ("command", "shown", "rest"),
    [
        ("[ $(date +%d) -le 7 ] && a && b | c", "day 1-7", "a && b | c"),
        ("[ $(date +%d) -le 7 ] && { a; b; }", "day 1-7", "{ a; b; }"),
        ("[ $(date +%d) -le 7 ] && ( a || b )", "day 1-7", "( a || b )"),
        ("[ $(date +%d) -le 7 ] && a;", "day 1-7", "a;"),
        ("[ $(date +%u) = 1 ] && [ $(date +%d) -le 7 ] && a", "mo day 1-7", "a"),
        ("[ -x /a ] && [ $(date +%u) = 1 ] && /a", "mo", "[ -x /a ] && /a"),
        ("[ $(date +%u) = 1 ] && [ -x /a ] && /a", "mo", "[ -x /a ] && /a"),
        ("[ $(date +%u) -ne 1 ] || a", "mo", "a"),
        ("[ $(date +%d) -gt 7 ] || a | b", "day 1-7", "a | b"),
        ("[ $(date +%m) -ne 1 ] || a", "of month 1", "a"),
        ("[ $(date +%u) = 1 ] || exit; a; b", "mo", "a; b"),
        ("[ $(date +%u) = 1 ] || exit 0; a || b", "mo", "a || b"),
        ("if [ $(date +%u) = 1 ]; then a; b; fi", "mo", "a; b"),
        # As in /etc/cron.d/mdadm of Debian.
        (
            "if [ -x /a ] && [ $(date +%d) -le 7 ]; then /a --idle; fi",
            "day 1-7",
            "if [ -x /a ]; then /a --idle; fi",
        ),
        (
            "if [ $(date +%d) -le 7 ] && [ -x /a ]; then /a; fi",
            "day 1-7",
            "if [ -x /a ]; then /a; fi",
        ),
    ],
)
def test_where_a_test_may_stand(command: str, shown: str, rest: str) -> None:
    assert read(command) == (shown, rest)


@pytest.mark.parametrize(
    ("fields", "test", "shown"),
    [
        # The first Monday, both ways.
        ("0 9 * * 1", "[ $(date +%d) -le 7 ]", "mo day 1-7"),
        ("0 9 1-7 * *", "[ $(date +%u) = 1 ]", "mo day 1-7"),
        ("0 9 1-7 * *", "[ $(date +%d) -ge 5 ]", "day 5-7"),
        # The last day, without and with the days on which it may fall.
        ("0 9 28-31 * *", "[ $(date -d tomorrow +%d) -eq 1 ]", "day -1"),
        ("0 9 28-31 1-6 *", "[ $(date -d tomorrow +%d) -eq 1 ]", "day -1 of month 1-6"),
        ("0 9 * * 5", "[ $(date -d '7 days' +%m) != $(date +%m) ]", "fr day -7,-6,-5,-4,-3,-2,-1"),
        ("0 9 * 1-6 *", "[ $(date +%m) -ge 4 ]", "of month 4-6"),
        # Days of either kind are both tested.
        ("0 9 1 * 1", "[ $(date +%m) = 05 ]", "mo of month 5 or day 1 of month 5"),
        ("0 9 15 * 1", "[ $(date +%d) -le 7 ]", "mo day 1-7"),
    ],
)
def test_a_test_narrows_the_days_of_the_fields(fields: str, test: str, shown: str) -> None:
    assert read(f"{test} && a", fields) == (shown, "a")


@pytest.mark.parametrize(
    ("fields", "test"),
    [
        # The 28th is not always among the last days that these fields name.
        ("0 9 30,31 * *", "[ $(date -d tomorrow +%d) -eq 1 ]"),
        ("0 9 1 * *", "[ $(date +%d) -eq 2 ]"),
        ("0 9 * * 1", "[ $(date +%u) -eq 2 ]"),
    ],
)
def test_a_test_that_no_plain_days_can_say_stays(fields: str, test: str) -> None:
    shown, command = read(f"{test} && a", fields)
    assert command == f"{test} && a"
    assert shown == str(jobs(f"{fields} a\n")[0].schedule.days)  # type: ignore[union-attr]


def test_shells_with_double_brackets() -> None:
    bash = "SHELL=/bin/bash\n"
    assert read("[[ $(date +%u) == 1 ]] && a", before=bash) == ("mo", "a")
    assert read("[ $(date +%d) == 01 ] && a", before=bash) == ("day 1", "a")
    assert read("[[ $(date +%-d) -le 9 ]] && a", before=bash) == ("day 1-9", "a")
    # bash takes 08 and 09 for bad octal numbers.
    for test in ("[[ $(date +%d) -le 9 ]]", "[[ $(date +%m) -ne $(date -d '1 day' +%m) ]]"):
        assert read(f"{test} && a", before=bash) == ("daily", f"{test} && a")
    # The shell of systems with cronie is bash.
    (job,) = jobs("0 9 * * * [ $(date +\\%d) == 01 ] && a\n", engine=CRONIE)
    assert (days(job), text(job)) == ("day 1", "a")


def test_another_zone_or_shell_leaves_the_test() -> None:
    test = "[ $(date +%u) = 1 ] && a"
    assert read(test, before="TZ=Asia/Tokyo\n") == ("daily", test)
    assert read(test, before="SHELL=/usr/bin/fish\n") == ("daily", test)
    source = "CRON_TZ=Asia/Tokyo\n0 9 * * * [ $(date +\\%u) = 1 ] && a\n"
    assert [days(job) for job in jobs(source, engine=CRONIE)] == ["daily"]
    assert text(jobs("@reboot [ $(date +\\%u) = 1 ] && a\n")[0]) == test


def test_what_was_read_is_said() -> None:
    assert messages('0 9 * * 1 [ "$(date +\\%d)" -le 7 ] && a\n') == [
        '[ "$(date +%d)" -le 7 ] &&: a test of the date, which is part of the start times: '
        "mo day 1-7"
    ]


def test_the_clock_of_the_engine_knows_the_days() -> None:
    found, _ = network('0 9 * * 1 [ "$(date +\\%d)" -le 7 ] && a\n')
    assert found is not None
    assert isinstance(found.plan, ClockPlan)
    (clock,) = found.plan.clocks["a"]
    fired = clock.fires("UTC", datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    assert [f"{moment:%m-%d}" for moment in fired] == ["05-04", "06-01"]


_FORMATS = ("%d", "%-d", "%e", "%u", "%w", "%a", "%A", "%m", "%b")


@given(
    st.sampled_from(_FORMATS),
    st.sampled_from(["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "=", "!="]),
    st.sampled_from(["1", "07", "7", "8", "12", "31", "Mon", "Sunday", "Feb", "01"]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=share_of(40), deadline=None)
def test_the_shell_agrees(form: str, compare: str, value: str, quoted: bool, turned: bool) -> None:
    """The days that are read are those on which the real shell, with the real date, says yes."""
    call = f'"$(date +{form})"' if quoted else f"$(date +{form})"
    left, right = (value, call) if turned else (call, value)
    test = f"[ {left} {compare} {right} ]"
    found = without_tests(f"{test} && job", strict=True)
    if not found.rules:
        return
    allowed = limited(Days(), found.rules)
    assert allowed is not None
    some = [date(2027, 1, 1) + timedelta(days=13 * number) for number in range(12)]
    calls = "; ".join(f"DAY={day}; {test} && echo {day}" for day in some)
    script = f'date() {{ command date -d "$DAY" "$@"; }}; {calls}; true'
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.split() == [str(day) for day in some if day in allowed]


def test_days_from_both_ends_of_a_month_are_not_said() -> None:
    last = DayRule(month_days=(-1,))
    assert limited(Days((DayRule(month_days=(31,)),)), [last]) is None
    assert limited(Days((DayRule(month_days=(-1, -2)),)), [last]) is None
    assert limited(Days((last,)), [last]) == Days((last,))


# -------------------------------------------------------------------- locks


@pytest.mark.parametrize(
    ("command", "rest"),
    [
        ("flock -n /l a -b >> /log 2>&1", "a -b >> /log 2>&1"),
        ("/usr/bin/flock -xn /l a", "a"),
        ("flock --nonblock -E 0 /l a", "a"),
        ("flock -w 5 -n /l a", "a"),
        ("flock -n /l -c 'a; b'", "a; b"),
        ("flock -n /l -c 'a; b' > /log", "/bin/sh -c 'a; b' > /log"),
        ('flock -n /l -c "a $B"', '/bin/sh -c "a $B"'),
        ("cd /x && flock -n l ./a", "cd /x && ./a"),
        ("nice -n 5 flock -n /l a", "nice -n 5 a"),
        ("A=b flock -n /l a", "A=b a"),
        ("run-one rsync a b", "rsync a b"),
        ("chronic flock -n /l a", "a"),
        ("[ $(date +%u) = 1 ] && flock -n /l a", "a"),
    ],
)
def test_a_lock_that_does_not_wait_skips_starts(command: str, rest: str) -> None:
    escaped = command.replace("%", "\\%")
    (job,) = jobs(f"0 9 * * * {escaped}\n")
    assert job.schedule is not None
    assert (text(job), job.schedule.skips) == (rest, True)
    assert set(codes(f"0 9 * * * {escaped}\n")) == {"A085"}


@pytest.mark.parametrize(
    "command",
    [
        *(
            "flock /l a",
            "flock -w 5 /l a",
            "flock -s -n /l a",
            "flock -n /l a; b",
            "b && flock /l a",
        ),
        *("( flock -n 9 || exit 1; a ) 9>/l", "flock -n /l a || b", "run-this-one a"),
        *("exec flock -n /l", "a | flock -n /l b"),
    ],
)
def test_a_lock_that_is_not_kept_is_an_error(command: str) -> None:
    (job,) = jobs(f"0 9 * * * {command}\n")
    assert job.schedule is not None
    assert (text(job), job.schedule.skips) == (command, False)
    assert codes(f"0 9 * * * {command}\n") == ["A086"]


def test_a_lock_of_several_lines_is_an_error() -> None:
    body = "0 9 * * * flock -n /l a\n0 9 * * * flock -n /l b\n0 9 * * * flock -n /m c\n"
    assert codes(body) == ["A086", "A086", "A085"]
    assert [text(job) for job in jobs(body)] == ["flock -n /l a", "flock -n /l b", "c"]


def test_a_descriptor_is_no_lock_of_several_lines() -> None:
    assert list(locks_of("( flock -n 9; a ) 9>/l; flock -n /m b")) == ["/m"]


# -------------------------------------------------------------------- other programs


@pytest.mark.parametrize("program", ["chronic", "cronic", "/usr/local/bin/cronic"])
def test_programs_about_mail_are_left_out(program: str) -> None:
    (job,) = jobs(f"0 9 * * * {program} a -b\n")
    assert text(job) == "a -b"
    assert codes(f"0 9 * * * {program} a -b\n") == ["A085"]


def test_scripts_of_a_folder_are_not_part_of_the_estate() -> None:
    command = "test -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )"
    (job,) = jobs(f"25 6 * * * {command}\n")
    assert (job.name, text(job)) == ("cron.daily", command)
    (told,) = messages(f"25 6 * * * {command}\n")
    assert told.startswith("run-parts /etc/cron.daily: ")


@pytest.mark.parametrize(
    "command",
    [
        *("a && b", "sleep $((RANDOM % 60)); a", "a --lock b", "echo flock", "update a.flock"),
        *("echo 'flock /l a'", "date +%d > /x", "one-off a", "a # flock -n /l b"),
    ],
)
def test_other_commands_are_no_idioms(command: str) -> None:
    escaped = command.replace("%", "\\%")
    assert text(jobs(f"0 9 * * * {escaped}\n")[0]) == command
    assert codes(f"0 9 * * * {escaped}\n") == []


@given(st.text(alphabet="[]$()`date+%-=&|; '\"\\flocknrue/x{}0 17", max_size=60))
@settings(max_examples=share_of(300), deadline=None)
def test_reading_idioms_never_raises(command: str) -> None:
    for each in (command, f"[ $(date +%d) -le 7 ] && {command}", f"flock -n /l {command}"):
        without_tests(each, strict=False)
        without_programs(each, (), "/bin/sh")
