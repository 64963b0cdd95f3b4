"""Parts of examples that several codes share."""

DAILY = 'DAYS="ALL" TIMEZONE="UTC"'


def folder(*parts: str, more: str = "") -> str:
    """An export with one plain folder, F, that is ordered each day."""
    inside = "\n".join(parts)
    head = f'<FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM"{more and f" {more}"}>'
    return f"<DEFTABLE>\n{head}\n{inside}\n</FOLDER>\n</DEFTABLE>\n"


def smart(*parts: str, more: str = "") -> str:
    """An export with one SMART folder, F, that is ordered each day."""
    inside = "\n".join(parts)
    head = f'<SMART_FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM" {DAILY} {more}>'
    return f"<DEFTABLE>\n{head}\n{inside}\n</SMART_FOLDER>\n</DEFTABLE>\n"


def job(inside: str = "", *, name: str = "A", more: str = "", days: str = DAILY) -> str:
    """A job with a command; `inside` are its statements, `more` further attributes."""
    head = f'JOBNAME="{name}" TASKTYPE="Command" CMDLINE="true" {days} {more}'.rstrip()
    return f"<JOB {head}>{inside}</JOB>"
