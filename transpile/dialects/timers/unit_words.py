"""Keys of unit files, by what becomes of them; systemd 252 and the versions after it."""

UNIT_KEYS = frozenset("""
    Description Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before After
    OnSuccess OnFailure StartLimitIntervalSec StartLimitInterval StartLimitBurst
    DefaultDependencies ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory
    ConditionPathIsSymbolicLink ConditionDirectoryNotEmpty ConditionFileNotEmpty
    ConditionFileIsExecutable AssertPathExists AssertPathExistsGlob AssertPathIsDirectory
    AssertPathIsSymbolicLink AssertDirectoryNotEmpty AssertFileNotEmpty
    AssertFileIsExecutable
    """.split())
"""Keys of [Unit] that are translated."""

SERVICE_KEYS = frozenset("""
    Type ExecCondition ExecStartPre ExecStart ExecStartPost ExecStop ExecStopPost Restart
    RestartSec TimeoutSec TimeoutStartSec RuntimeMaxSec RemainAfterExit SuccessExitStatus
    RestartPreventExitStatus StartLimitInterval StartLimitBurst WorkingDirectory Environment
    EnvironmentFile UnsetEnvironment StandardInput StandardOutput StandardError
    StandardInputText StandardInputData UMask MemoryMax CPUQuota
    """.split())
"""Keys of [Service] that are translated."""

TIMER_KEYS = frozenset("""
    OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec
    OnClockChange OnTimezoneChange RandomizedDelaySec RandomizedOffsetSec DeferReactivation
    Unit
    """.split())
"""Keys of [Timer] that are translated."""

INSTALL_KEYS = frozenset("""
    WantedBy RequiredBy UpheldBy
    """.split())
"""Keys of [Install] that are translated."""

OTHER_CHECKS = frozenset("""
    AssertACPower AssertArchitecture AssertCPUFeature AssertCPUPressure AssertCPUs
    AssertCapability AssertControlGroupController AssertCredential AssertEnvironment
    AssertFirmware AssertFirstBoot AssertGroup AssertHost AssertIOPressure
    AssertKernelCommandLine AssertKernelVersion AssertMemory AssertMemoryPressure
    AssertNeedsUpdate AssertOSRelease AssertPathIsEncrypted AssertPathIsMountPoint
    AssertPathIsReadWrite AssertSecurity AssertUser AssertVirtualization ConditionACPower
    ConditionArchitecture ConditionCPUFeature ConditionCPUPressure ConditionCPUs
    ConditionCapability ConditionControlGroupController ConditionCredential
    ConditionEnvironment ConditionFirmware ConditionFirstBoot ConditionGroup ConditionHost
    ConditionIOPressure ConditionKernelCommandLine ConditionKernelVersion ConditionMemory
    ConditionMemoryPressure ConditionNeedsUpdate ConditionOSRelease ConditionPathIsEncrypted
    ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionSecurity ConditionUser
    ConditionVirtualization
    """.split())
"""Checks before a start that no shell can make."""

SURROUNDINGS = frozenset("""
    PassEnvironment ImportCredential LoadCredential LoadCredentialEncrypted SetCredential
    SetCredentialEncrypted RootDirectory RootImage RootHash RootVerity RootImageOptions
    RootHashSignature ExtensionDirectories ExtensionImages MountImages BindPaths
    BindReadOnlyPaths TemporaryFileSystem RuntimeDirectory StateDirectory CacheDirectory
    LogsDirectory ConfigurationDirectory PAMName NetworkNamespacePath IPCNamespacePath
    TTYPath OpenFile Sockets ExecSearchPath PrivateNetwork ExtraFileDescriptors
    """.split())
"""Keys of [Service] that give a command what it finds on its machine."""

REFUSED = frozenset("""
    ExitType FailureAction JobRunningTimeoutSec JobTimeoutSec RestartForceExitStatus
    RestartMaxDelaySec RestartMode RestartSteps RuntimeRandomizedExtraSec StartLimitAction
    SuccessAction WatchdogSec
    """.split())
"""Keys without an equivalent."""

UNIT_NOTES = frozenset("""
    AllowIsolate CollectMode Documentation FailureActionExitStatus IgnoreOnIsolate
    JobTimeoutAction JobTimeoutRebootArgument JoinsNamespaceOf OnFailureIsolate
    OnFailureJobMode OnSuccessJobMode PartOf PropagateReloadFrom PropagateReloadTo
    PropagatesReloadTo PropagatesStopTo RebootArgument RefuseManualStart RefuseManualStop
    ReloadPropagatedFrom RequiresMountsFor RequiresOverridable RequisiteOverridable
    SourcePath StopPropagatedFrom StopWhenUnneeded SuccessActionExitStatus
    SurviveFinalKillSignal
    """.split())
"""Keys of [Unit] that only a reader needs."""

SERVICE_NOTES = frozenset("""
    AllowedCPUs AllowedMemoryNodes AmbientCapabilities AppArmorProfile BPFProgram
    BlockIOAccounting BlockIODeviceWeight BlockIOReadBandwidth BlockIOWeight
    BlockIOWriteBandwidth BusName CPUAccounting CPUAffinity CPUQuotaPeriodSec
    CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUShares CPUWeight
    CacheDirectoryMode CapabilityBoundingSet ConfigurationDirectoryMode CoredumpFilter
    CoredumpReceive DefaultMemoryLow DefaultMemoryMin Delegate DelegateSubgroup DeviceAllow
    DevicePolicy DisableControllers DynamicUser ExecPaths ExecReload FileDescriptorStoreMax
    FileDescriptorStorePreserve FinalKillSignal Group GuessMainPID IOAccounting
    IODeviceLatencyTargetSec IODeviceWeight IOReadBandwidthMax IOReadIOPSMax
    IOSchedulingClass IOSchedulingPriority IOWeight IOWriteBandwidthMax IOWriteIOPSMax
    IPAccounting IPAddressAllow IPAddressDeny IPEgressFilterPath IPIngressFilterPath
    IgnoreSIGPIPE InaccessibleDirectories InaccessiblePaths KeyringMode KillMode KillSignal
    LimitAS LimitCORE LimitCPU LimitDATA LimitFSIZE LimitLOCKS LimitMEMLOCK LimitMSGQUEUE
    LimitNICE LimitNOFILE LimitNPROC LimitRSS LimitRTPRIO LimitRTTIME LimitSIGPENDING
    LimitSTACK LockPersonality LogExtraFields LogLevelMax LogNamespace LogRateLimitBurst
    LogRateLimitIntervalSec LogsDirectoryMode ManagedOOMMemoryPressure
    ManagedOOMMemoryPressureLimit ManagedOOMPreference ManagedOOMSwap MemoryAccounting
    MemoryDenyWriteExecute MemoryHigh MemoryKSM MemoryLimit MemoryLow MemoryMin
    MemoryPressureThresholdSec MemoryPressureWatch MemorySwapMax MemoryZSwapMax
    MemoryZSwapWriteback MountAPIVFS MountFlags NFTSet NUMAMask NUMAPolicy Nice NoExecPaths
    NoNewPrivileges NonBlocking NotifyAccess OOMPolicy OOMScoreAdjust PIDFile
    PermissionsStartOnly Personality PrivateBPF PrivateDevices PrivateIPC PrivateMounts
    PrivatePIDs PrivateTmp PrivateUsers ProcSubset ProtectClock ProtectControlGroups
    ProtectHome ProtectHostname ProtectKernelLogs ProtectKernelModules ProtectKernelTunables
    ProtectProc ProtectSystem ReadOnlyDirectories ReadOnlyPaths ReadWriteDirectories
    ReadWritePaths RebootArgument ReloadSignal RemoveIPC RestartKillSignal
    RestrictAddressFamilies RestrictFileSystems RestrictNamespaces RestrictNetworkInterfaces
    RestrictRealtime RestrictSUIDSGID RootDirectoryStartOnly RootEphemeral
    RuntimeDirectoryMode RuntimeDirectoryPreserve SELinuxContext SecureBits SendSIGHUP
    SendSIGKILL SetLoginEnvironment Slice SmackProcessLabel SocketBindAllow SocketBindDeny
    StartupAllowedCPUs StartupAllowedMemoryNodes StartupBlockIOWeight StartupCPUShares
    StartupCPUWeight StartupIOWeight StartupMemoryMax StateDirectoryMode SupplementaryGroups
    SyslogFacility SyslogIdentifier SyslogLevel SyslogLevelPrefix SystemCallArchitectures
    SystemCallErrorNumber SystemCallFilter SystemCallLog TTYColumns TTYReset TTYRows
    TTYVHangup TTYVTDisallocate TasksAccounting TasksMax TimeoutAbortSec TimeoutCleanSec
    TimeoutStartFailureMode TimeoutStopFailureMode TimeoutStopSec TimerSlackNSec
    USBFunctionDescriptors USBFunctionStrings User UtmpIdentifier UtmpMode WatchdogSignal
    """.split())
"""Keys of [Service] that only a reader needs."""

TIMER_NOTES = frozenset("""
    AccuracySec FixedRandomDelay Persistent RemainAfterElapse WakeSystem
    """.split())
"""Keys of [Timer] that only a reader needs."""

INSTALL_NOTES = frozenset("""
    Alias Also DefaultInstance
    """.split())
"""Keys of [Install] that only a reader needs."""

SECTIONS = {
    "Unit": UNIT_KEYS | OTHER_CHECKS | REFUSED | UNIT_NOTES,
    "Service": SERVICE_KEYS | SURROUNDINGS | REFUSED | SERVICE_NOTES,
    "Timer": TIMER_KEYS | TIMER_NOTES,
    "Install": INSTALL_KEYS | INSTALL_NOTES,
}
"""All keys of each section that is read."""

TRANSLATED = {
    "Unit": UNIT_KEYS,
    "Service": SERVICE_KEYS,
    "Timer": TIMER_KEYS,
    "Install": INSTALL_KEYS,
}

OTHER_TYPES = (*("socket", "mount", "automount", "swap", "path", "slice", "scope", "device"),)
"""Types of units that are not converted."""
