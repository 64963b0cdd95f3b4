"""What operators of cron and systemd do."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("the command of a line, typed by hand; `systemctl start UNIT.service`", Act.START),
    Operation("`#` in front of a line; `systemctl stop UNIT.timer`, `disable`, `mask`", Act.HOLD),
    Operation("`systemctl start UNIT.timer`, `enable --now`", Act.RELEASE),
    Operation("`kill`, `systemctl stop UNIT.service`", Act.KILL),
    Operation("`systemctl restart UNIT.service`", Act.RERUN),
    Operation("a variable in the crontab; `Environment=`", Act.SET_VALUE),
    Operation("`crontab -e`, `systemctl edit`", Act.CHANGE),
    Operation("deletion of a line or unit", Act.REMOVE),
    Operation("`systemctl list-timers`", Act.SHOW),
    Operation("`systemctl status UNIT`", Act.SHOW_JOB),
    Operation("mail of cron, `journalctl -u UNIT`", Act.SHOW_LOG),
)
"""The acts of an operator, in the words of the source."""
