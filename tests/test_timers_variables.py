"""Variables of crontabs, names and descriptions of jobs."""

import pytest

from tests.crontabs import BERLIN, codes, command, jobs, messages, text
from transpile.dialects.timers.crontab import assignment
from transpile.dialects.timers.settings import CRONIE, SYSTEMD, VIXIE

# -------------------------------------------------------------------- variables


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("A=b", ("A", "b")),
        ("  A = b c  ", ("A", "b c")),
        ('A="  b "', ("A", "  b ")),
        ("A = 'b'  ", ("A", "b")),
        ('"A B" = c', ("A B", "c")),
        ("A=b=c", ("A", "b=c")),
        ("A=b # c", ("A", "b # c")),
        ("A='b' c", None),
        ('A="b', None),
        ('A=""', ("A", "")),
        ("A", None),
        ("A b=c", None),
        ("=b", ("", "b")),
        ("0 5 * * * A=b x", None),
        ("'A=b' = c", None),
    ],
)
def test_a_line_that_sets_a_variable(line: str, pair: tuple[str, str] | None) -> None:
    assert assignment(line, VIXIE) == pair
    assert assignment(line, CRONIE) == pair


def test_an_empty_value_needs_quotes_in_debians_cron() -> None:
    assert assignment("A=", VIXIE) is None
    assert assignment("A= ", CRONIE) == ("A", "")


def test_variables_count_for_the_lines_below_them() -> None:
    first, second, third = jobs(
        "0 1 * * * a\nPATH=/x\nB=1\n0 1 * * * b\nB=2\nSHELL=/bin/bash\n0 1 * * * c\n"
    )
    assert command(first).environment == ()
    assert command(second).environment == (("PATH", ("/x",)), ("B", ("1",)))
    assert command(third).environment == (("PATH", ("/x",)), ("B", ("2",)))
    assert [command(job).shell for job in (first, second, third)] == [None, None, "/bin/bash"]


def test_values_are_not_expanded() -> None:
    (told,) = messages("PATH=$HOME/bin:$PATH\n0 1 * * * a\n0 1 * * * b\n")
    assert told == "PATH: cron expands no variables: jobs get $HOME/bin:$PATH as it is"
    assert codes("PATH=$HOME/bin\n") == ["A105"]


def test_home_is_the_folder_and_a_variable() -> None:
    (job,) = jobs("HOME=/srv/my app\n0 1 * * * ./run.sh\n")
    assert text(job) == "cd '/srv/my app'\n./run.sh"
    assert command(job).environment == (("HOME", ("/srv/my app",)),)


def test_cron_sets_the_name_of_the_user() -> None:
    assert codes("LOGNAME=x\n0 1 * * * a\n") == ["A084"]
    assert command(jobs("LOGNAME=x\n0 1 * * * a\n")[0]).environment == ()


def test_the_zone_of_cronie() -> None:
    source = "CRON_TZ=Asia/Tokyo\n0 1 * * * a\n"
    schedules = [jobs(source, engine=engine)[0].schedule for engine in (CRONIE, VIXIE)]
    assert [each.timezone for each in schedules if each] == ["Asia/Tokyo", BERLIN]
    assert codes(source, engine=CRONIE) == []
    assert codes(source) == ["A083"]
    assert codes("CRON_TZ=Middle/Earth\n0 1 * * * a\n", engine=CRONIE) == ["A506"]
    assert jobs("CRON_TZ=Middle/Earth\n0 1 * * * a\n", engine=CRONIE)[0].schedule is None
    assert codes("TZ=Asia/Tokyo\n0 1 * * * a\n", engine=CRONIE) == ["A083"]


def test_cronie_omits_starts_of_other_zones_while_the_server_repeats_an_hour() -> None:
    # From 02:00 to 03:00 CET it is 10:00 to 11:00 in Tokyo.
    body = "CRON_TZ=Asia/Tokyo\n15 10 * * 0 a\n15 9 * * * b\n15 * * * * c\n"
    (told,) = messages(body, engine=CRONIE)
    assert told.startswith("15 10 * * 0: cronie omits the start at 2026-10-25 01:15 UTC")


def test_random_starts_have_no_equivalent() -> None:
    assert codes("RANDOM_DELAY=30\n0 1 * * * a\n0 2 * * * b\n", engine=CRONIE) == ["A087"]
    assert codes("RANDOM_DELAY=0\n0 1 * * * a\n", engine=CRONIE) == []
    assert codes("RANDOM_DELAY=30\n0 1 * * * a\n") == []
    (job,) = jobs("10~40 1 * * * a\n", engine=CRONIE)
    assert job.schedule is not None
    assert job.schedule.times == ((1, 10),)
    assert codes("10~40 1 * * * a\n", engine=CRONIE) == ["A087"]
    assert codes("10~40 1 * * * a\n") == ["A083"]


@pytest.mark.parametrize(
    ("mail", "people"),
    [
        ("ops@example.com", ["ops@example.com"]),
        ('"a@x.org, b@y.org"', ["a@x.org", "b@y.org"]),
        ("root", []),
        ("root,a@x.org", ["a@x.org"]),
        ('""', []),
        ("$WHO@x.org", []),
    ],
)
def test_mail_goes_to_addresses_when_a_job_fails(mail: str, people: list[str]) -> None:
    found = jobs(f"MAILTO={mail}\n0 1 * * * a\n0 1 * * * b\n")
    for job in found:
        assert {p for alert in job.alerts for p in alert.recipients} == set(people)
    assert codes(f"MAILTO={mail}\n0 1 * * * a\n0 1 * * * b\n") == (
        ["A084"] if people or "$" in mail else []
    )


def test_local_users_and_nobody_are_notes() -> None:
    (job,) = jobs("MAILTO=root\nMAILFROM=x@y\n0 1 * * * a\n")
    assert job.notes == (("schedule", "0 1 * * *"), ("MAILTO", "root"), ("MAILFROM", "x@y"))
    (job,) = jobs('MAILTO=""\n0 1 * * * a\n')
    assert job.notes[-1] == ("MAILTO", "nobody")


def test_mail_about_failures_only_is_what_flyte_does() -> None:
    body = "MAILTO=a@x.org\n0 1 * * * a\n"
    assert codes(body, engine=SYSTEMD) == []
    assert codes("MAILTO=a@x.org\n0 1 * * * -n a\n", engine=CRONIE) == []


# -------------------------------------------------------------------- names and descriptions


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("/opt/app/bin/backup.sh --full", "backup"),
        ("cd /srv/x && ./run.sh", "run"),
        ("nice -n 19 ionice -c3 /opt/x.py a", "x"),
        ("/usr/bin/env A=b /opt/x.rb", "x"),
        ("A=b C=d /opt/x", "x"),
        ("sudo -u app /opt/x", "x"),
        ("bash -lc 'cd /x && ./load.sh'", "load"),
        ("python3 -m app.tasks", "app.tasks"),
        ("python3 -u /opt/job.py", "job"),
        ("cd /srv && python manage.py clearsessions", "manage-clearsessions"),
        ("/usr/bin/php -d x=1 /srv/artisan schedule:run >> /dev/null 2>&1", "artisan-schedule-run"),
        ("java -Xmx1g -jar /opt/etl.jar", "etl"),
        (
            "test -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )",
            "cron.daily",
        ),
        ("flock -n /x.lock /opt/sync", "sync"),
        ("sleep 30; /opt/x", "x"),
        ("su - app -c '/opt/night.sh 1'", "night"),
        (". /etc/profile; load", "load"),
        ("if [ -x /a ]; then /b/c.sh; fi", "c"),
        ("echo hello", "echo"),
        ("$HOME/bin/x.sh", "x"),
        ("'", "line"),
    ],
)
def test_a_job_is_named_after_its_program(raw: str, name: str) -> None:
    assert [job.name for job in jobs(f"0 1 * * * {raw}\n")] == [name]


@pytest.mark.parametrize(
    ("commands", "names"),
    [
        (["b --full /x", "b --new /x"], ["b-full", "b-new"]),
        (["b /x/a.csv", "B /x/b.csv"], ["b-a.csv", "B-b.csv"]),
        (["c", "c"], ["c-1", "c-2"]),
        (["c", "c", "c-1"], ["c-1-2", "c-2", "c-1"]),
        (["d", "d e"], ["d", "d-e"]),
        (["d e", "d e", "d f"], ["d-e-1", "d-e-2", "d-f"]),
        (["é", "è"], ["line-1", "line-2"]),
    ],
)
def test_jobs_of_one_program_have_names_of_their_own(commands: list[str], names: list[str]) -> None:
    body = "".join(f"0 1 * * * {each}\n" for each in commands)
    assert [job.name for job in jobs(body)] == names


def test_the_comment_above_is_the_description() -> None:
    first, second, third, fourth = jobs(
        "# The orders\n# of the day.\n0 1 * * * a\n0 1 * * * b\n# far\n\n0 1 * * * c\n"
        "# 0 1 * * * old\n0 2 * * * d\n"
    )
    assert first.description == "The orders of the day."
    assert (second.description, third.description, fourth.description) == ("", "", "")
