"""Keywords of composer text. In the place of a job each of them is a keyword, never its name."""

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
"""The words of the language, in lower case, as the product's reference lists them."""
