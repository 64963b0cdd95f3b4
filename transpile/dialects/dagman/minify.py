"""DAG files and submit descriptions to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.dagman.proc import TAKEN
from transpile.dialects.dagman.remarks import DECISIVE, NOT_KEPT, TRANSFERS
from transpile.dialects.dagman.submit import ALIASES
from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.sources.text import Source

_NUMBERED = (
    "retry|priority|pre[-_]skip|abort[-_]dag[-_]on|pin[-_]in|pin[-_]out|maxjobs|tolerance"
    "|node[-_]status[-_]file"
)
_COUNTS = (
    "request_[a-z]+|max_[a-z_]+|allowed_[a-z_]+|success_exit_code|cron_[a-z_]+|noop_job_[a-z_]+"
)
_PIECES = re.compile(
    rf"""
    \A[ \t]*\#[ \t]Rescue[ \t]DAG[ \t]file
  | ^[ \t]*(?:\#|//)(?P<ASIDE>[^\n]*)
  | ^[ \t]*(?:{_NUMBERED})[ \t]+(?P<NAMES>"[^"\n]*"|[^\s"]+)(?P<KNOWN>[^\n]*)
  | ^[ \t]*script[ \t]+(?P<KNOWN1>defer[ \t]+\S+[ \t]+\S+)
  | ^[ \t]*queue[ \t]+(?P<KNOWN2>\d+)(?!\w)
  | ^[ \t]*(?:{_COUNTS})[ \t]*=(?P<KNOWN3>[^\n]*)
    """,
    re.I | re.M | re.X,
)
_PUBLIC = """
    job node final service provisioner subdag external splice submit_description dir noop done
    include weak parent child connect pin_in pin_out script defer debug stdout stderr all pre
    post hold retry unless_exit abort_dag_on return vars prepend append pre_skip tolerance
    fail_fast wait priority category save_point_file maxjobs dot node_status_file always_update
    jobstate_log config set_job_attr reject rescue file task edge queue from in matching files
    dirs any if elif else endif defined use ifexist command warning vanilla local scheduler
    docker container standard never always complete no yes true false my process procid cluster
    clusterid item itemindex row step dag_status failed_count max_retries jobid dagid
    dag_parent_names dagmanjobid schedd request cpus memory disk gpus gb mb kb tb getenv
    environment notify all_nodes dollar int real string choice random_choice random_integer
    substr basename dirname
    """
_CALLS = "condor submit rm release qedit prio suspend vacate history status"


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of a DAG file, a submit description, or a file with the items of a queue."""
    return parted(source.text, _PIECES)


MINIFIER = Minifier(
    pieces,
    public=words_of(_PUBLIC, *ALIASES, *TAKEN, *DECISIVE, *NOT_KEPT, *TRANSFERS),
    calls=words_of(_CALLS),
    names_files=True,
)
