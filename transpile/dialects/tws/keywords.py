"""Keywords of composer text. None of them is the name of a job in a stream."""

RESERVED = frozenset("""
    abendprompt after all as at attempts carryforward confirmed critical deadline description
    docommand draft end endjoin every everyendtime except fdignore fdnext fdprev follows for
    freedays from if interactive isservice isuserjob join jsuntil keyjob keysched limit matching
    maxdur mindur needs nop of on onlate onmaxdur onmindur onoverlap onuntil opens outcond
    outputcond previous priority prompt rccondsucc recovery relative repeatevery runcycle
    sameday same_workstation schedtime schedule scriptname servicedescription servicename
    servicetags servicevariables startcond statisticstype streamlogon subset succoutputcond task
    tasktype timezone to tz until validfrom validto vartable
    """.split())
"""The keywords in the product's reference, in lower case."""
