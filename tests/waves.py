"""An estate of JIL that moves in two waves."""

from pathlib import Path

CLOCK = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}"\n'
ESTATE = f"""
insert_job: ORD.NIGHT
job_type: BOX
{CLOCK.format("01:30")}
insert_job: ORD.LOAD
box_name: ORD.NIGHT
command: true

insert_job: ORD.SUM
box_name: ORD.NIGHT
condition: s(ORD.LOAD) & s(FIN.RATES)
command: true

insert_job: FIN.RATES
{CLOCK.format("03:30")}command: true

insert_job: HR.PAY
{CLOCK.format("04:30")}condition: s(FIN.RATES) & d(ORD.LOAD)
command: true
"""
TWO_WAVES = """
[timezones]
default = "UTC"

[platform]
endpoint = "flyteadmin:81"

[[wave]]
name = "orders"
jobs = ["ORD.*"]

[[wave]]
name = "finance"
jobs = ["FIN.*"]
"""
BRIDGE = """
[bridge]
status = "ssh batch autostatus -J {job}"
"""


def write(folder: Path, toml: str = TWO_WAVES + BRIDGE, text: str = ESTATE) -> Path:
    (folder / "transpile.toml").write_text(toml)
    source = folder / "estate.jil"
    source.write_text(text)
    return source


def files_of(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*.py")}
