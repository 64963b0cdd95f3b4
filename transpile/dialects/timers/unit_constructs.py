"""The rows about systemd units in the table of constructs."""

from transpile.dialects.kit.contract import Construct

UNITS = (
    Construct(
        "`NAME.service` that timers start, `NAME.timer`",
        "a workflow of that name: the service, everything that starts with it, and what its end "
        "starts. A file beside a named one is read if a unit needs it",
        words=("Unit", "Description", "WantedBy"),
        codes="A088 A089 A105 A124",
    ),
    Construct(
        "drop-ins `NAME.service.d/*.conf`, templates `NAME@.service`, output of `systemctl cat`",
        "read as systemd reads them; specifiers such as `%i` are replaced",
        codes="A092",
    ),
    Construct(
        "a service that no timer and no other service starts",
        "a workflow without a launch plan if it is a batch job (A099), else no workflow (A098)",
    ),
    Construct(
        "`OnCalendar`",
        "a launch plan with the same days and times; days that cron cannot say are looked up in a "
        "first node. Years and days from the end of the month are kept. An event with seconds "
        "starts at the minute (A094), one within minutes has no launch plan (A093)",
        words=("OnCalendar",),
        codes="A506 A507 A524 A526 A531 A532",
    ),
    Construct(
        "`OnUnitActiveSec`, `OnUnitInactiveSec`",
        "a launch plan with that interval from midnight on (A096), if it divides a day",
        words=("OnUnitActiveSec", "OnUnitInactiveSec"),
        codes="A093",
    ),
    Construct(
        "`OnBootSec`, `OnStartupSec`, `OnActiveSec`, `OnClockChange`, `OnTimezoneChange`, "
        "`WantedBy=multi-user.target` of a service",
        "reported: A095, or A093 if nothing else starts the service",
        words=(
            *("OnBootSec", "OnStartupSec", "OnActiveSec", "OnClockChange", "OnTimezoneChange"),
            *("RequiredBy", "UpheldBy"),
        ),
    ),
    Construct(
        "`RandomizedDelaySec`, `RandomizedOffsetSec`, `DeferReactivation`",
        "the launch plan starts at the plain time (A094). It skips a start while the workflow "
        "runs; systemd starts the service at the end of its run, unless `DeferReactivation` is set",
        words=("RandomizedDelaySec", "RandomizedOffsetSec", "DeferReactivation"),
    ),
    Construct(
        "`Requires`, `Wants`, `Upholds`, `BindsTo`, and units that targets want",
        "the services are jobs of the same workflow. With `After`, a job waits: behind `Requires` "
        "for success, behind `Wants` for any end. Without it both start at once (A091)",
        words=("Requires", "Wants", "Upholds", "BindsTo", "BindTo", "After", "Before"),
        codes="A088 A091 A097 A401",
    ),
    Construct(
        "`OnFailure`, `OnSuccess`",
        "a job that runs when the service has failed, or when it has succeeded. It runs once, also "
        "if several units fail (A091)",
        words=("OnFailure", "OnSuccess"),
        codes="A097 A321",
    ),
    Construct(
        "`Conflicts`, `Requisite`, `DefaultDependencies`",
        "reported: A097. Without default dependencies, a target does not wait for its units",
        words=("Conflicts", "Requisite", "DefaultDependencies"),
    ),
    Construct(
        "`ExecStart`, `ExecStartPre`, `ExecStartPost`, `ExecStop`",
        "one command after another, until one fails. The shell text runs exactly the words that "
        "systemd makes of the line; the prefix `-` ignores a failure",
        words=("ExecStart", "ExecStartPre", "ExecStartPost", "ExecStop", "Type"),
        codes="A090 A092 A126 A623",
    ),
    Construct(
        "`ExecCondition`, `ExecStopPost`",
        "shell text around the commands: it skips them, or runs at their end in any case",
        words=("ExecCondition", "ExecStopPost"),
        codes="A210",
    ),
    Construct(
        "`ConditionPathExists` and the like, `AssertPathExists` and the like",
        "a shell test before the commands, which skips or fails; checks of the machine: A090",
        words=tuple(
            f"{kind}{test}"
            for kind in ("Condition", "Assert")
            for test in (
                *("PathExists", "PathExistsGlob", "PathIsDirectory", "PathIsSymbolicLink"),
                *("DirectoryNotEmpty", "FileNotEmpty", "FileIsExecutable"),
            )
        ),
    ),
    Construct(
        "`Environment`, `EnvironmentFile`, `UnsetEnvironment`",
        "variables of the commands; a shell reads the files when the job runs (A091)",
        words=("Environment", "EnvironmentFile", "UnsetEnvironment"),
    ),
    Construct(
        "`WorkingDirectory`, `UMask`",
        "the folder and the mask of the commands",
        words=("WorkingDirectory", "UMask"),
    ),
    Construct(
        "`StandardInput`, `StandardInputText`, `StandardInputData`, `StandardOutput`, "
        "`StandardError`",
        "redirections; output to the journal goes to the log of the task",
        words=(
            *("StandardInput", "StandardInputText", "StandardInputData"),
            *("StandardOutput", "StandardError"),
        ),
    ),
    Construct(
        "`SuccessExitStatus`, `RestartPreventExitStatus`",
        "`success_codes`, `unless_exit`; signals: A090",
        words=("SuccessExitStatus", "RestartPreventExitStatus"),
    ),
    Construct(
        "`Restart=on-failure`, `RestartSec`, `StartLimitBurst`, `StartLimitIntervalSec`",
        "`retries`, one less than starts are allowed (A090 if systemd may start more often)",
        words=(
            *("Restart", "RestartSec"),
            *("StartLimitBurst", "StartLimitIntervalSec", "StartLimitInterval"),
        ),
    ),
    Construct(
        "`TimeoutStartSec` of oneshot services, `RuntimeMaxSec` of others",
        "`time_limit` in whole minutes (A091); several commands have it each, by `timeout`",
        words=("TimeoutStartSec", "TimeoutSec", "RuntimeMaxSec"),
    ),
    Construct(
        "`MemoryMax`, `CPUQuota`",
        "`requests` of the task (A091)",
        words=("MemoryMax", "CPUQuota"),
    ),
    Construct(
        "`RemainAfterExit`, types such as `notify` and `forking`, `WatchdogSec`, `FailureAction`",
        "reported: A090",
        words=("RemainAfterExit",),
    ),
    Construct(
        "`StateDirectory`, `LoadCredential`, `BindPaths` and the like",
        "reported: A091, because the container has to provide what they name",
    ),
    Construct("`User`, `Persistent` and all other keys", "a comment"),
)
