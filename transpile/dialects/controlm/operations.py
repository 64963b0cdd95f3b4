"""What operators of Control-M do."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("Order, Force of a folder, `ctmorder`, `ctm run order`", Act.START),
    Operation("Force of a job", Act.START_JOB),
    Operation("Hold of a folder", Act.HOLD),
    Operation("Hold of a job", Act.HOLD_JOB),
    Operation("Free of a folder", Act.RELEASE),
    Operation("Bypass of waiting conditions, Run Now", Act.RELEASE_JOB),
    Operation("Delete of a job in Active Jobs, dummy for one day", Act.SKIP_JOB),
    Operation("Kill, `ctmkilljob`", Act.KILL_JOB),
    Operation("Restart, Rerun of a folder", Act.RERUN),
    Operation("Rerun of a job, `ctm run job::rerun`", Act.RERUN_JOB),
    Operation("Set to OK, `ctm run job::setToOk`", Act.SUCCEED_JOB),
    Operation("Confirm, `ctm run job::confirm`", Act.ANSWER),
    Operation("`ctmvar`, a variable in the order", Act.SET_VALUE),
    Operation("Add Event, `ctmcontb -ADD`", Act.ADD_EVENT),
    Operation("Delete Event, `ctmcontb -DELETE`", Act.REMOVE_EVENT),
    Operation("quantity of a resource, workload policy", Act.LIMIT),
    Operation("PRIORITY of a job", Act.PRIORITY),
    Operation("Planning: check-in, `ctm deploy`, `ctmdefine`", Act.CHANGE),
    Operation("Active Jobs, `ctmpsm -LISTALL`", Act.SHOW),
    Operation("Monitoring: status of a job, `ctm run jobs:status::get`", Act.SHOW_JOB),
    Operation("Output (sysout), `ctm run job:output::get`", Act.SHOW_LOG),
    Operation("Waiting Info, Why", Act.SHOW_WHY),
)
"""The acts of an operator, in the words of the source."""
