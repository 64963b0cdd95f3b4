"""Parts of examples that several codes share."""

OTHER = 'SCHEDULE T ON RUNCYCLE R "FREQ=DAILY" ( AT 0900 TZ UTC ) : B DOCOMMAND "true" END\n'


def stream(more: str = "", job: str = "", rule: str = '"FREQ=DAILY"') -> str:
    """A stream with the job A; each argument is the text for one place in it."""
    clauses = f"\n{more}" if more else ""
    return (
        f"SCHEDULE S ON RUNCYCLE R {rule} ( AT 0600 TZ UTC ){clauses}\n:\n"
        f'A DOCOMMAND "true"{f"{chr(10)}{job}" if job else ""}\nEND\n'
    )
