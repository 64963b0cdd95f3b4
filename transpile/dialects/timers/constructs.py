"""The table of constructs: what crontabs, anacrontabs and units can say, and the result."""

from transpile.dialects.kit.contract import SCHEDULER_CALLS
from transpile.dialects.timers.cron_constructs import CRON
from transpile.dialects.timers.unit_constructs import UNITS

CONSTRUCTS = (*CRON, *UNITS, SCHEDULER_CALLS)
