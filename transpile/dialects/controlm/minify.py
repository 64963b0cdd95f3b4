"""XML and JSON exports to pieces for `transpile minify`."""

import re
from collections.abc import Iterator

from transpile.dialects.controlm.entries import EDITOR, NOTES
from transpile.dialects.controlm.json_words import (
    ACTIONS,
    CONFIRMATION,
    COUNTS,
    CRITERIA,
    EVENT,
    LOCK,
    OCCASIONS,
    PLAIN,
    POOL,
    RESOURCES,
    RESULTS,
    SHOUT,
    TASKTYPES,
    WHEN,
)
from transpile.dialects.controlm.system_variables import NAMES as VARIABLES
from transpile.dialects.controlm.xml_words import ATTRIBUTES, TAGS, WRAPPERS
from transpile.dialects.kit.pieces import Minifier, Piece, parted, words_of
from transpile.sources.text import Source

_STRING = r"""(?:"[^"]*"|'[^']*')"""
_PROSE = "DESCRIPTION|SUBJECT|SUBJ|MESSAGE"
_NAMES = """
    APPLICATION SUB_APPLICATION GROUP NODEID NODEGRP RUN_AS OWNER AUTHOR CREATED_BY CREATION_USER
    CHANGE_USERID DATACENTER MEMNAME MEMLIB MEM_LIB CMDLINE INSTREAM_JCL OVERLIB OVERRIDE_PATH
    DOCLIB DOCMEM DOCPATH DOCFILE NAME VALUE DEST CC_DEST PAR VAR EXP EXPR DAYSCAL WEEKSCAL CONFCAL
    STAT_CAL JOBNAME FOLDER_NAME TABLE_NAME SCHED_TABLE PARENT_FOLDER PARENT_TABLE
    PARENT_TABLE_NAME REAL_FOLDER_ID TABLE_DSN FOLDER_DSN PATH FILE_PATH PRECMD POSTCMD ALIAS
    TAG_NAME RULE_BASED_CAL_NAME APPL_FORM CM_VER BUSINESSFIELDS SITESTANDARD VERSION_HOST STMT
    """
_XML = re.compile(
    rf"""
    <\?(?P<KEEP1>xml[^>]*)\?>
  | <!(?P<KNOWN8>DOCTYPE[^>]*)>
  | <!--(?P<ASIDE>[\s\S]*?)-->
  | (?<=<YEAR)(?P<KNOWN1>\s+NAME\s*=\s*["']\d{{4}}["'])
  | <(?P<KNOWN2>/?[\w:]+)
  | (?P<KNOWN3>\b(?:{_PROSE})\s*=)\s*(?P<PROSE>{_STRING})
  | (?P<KNOWN4>\bTIMEZONE\s*=)\s*(?P<ZONE>{_STRING})
  | (?P<KNOWN5>\b(?:{"|".join(_NAMES.split())})\s*=)\s*(?P<NAMES>{_STRING})
  | (?P<KNOWN6>\bDAYS\s*=)\s*(?P<KEEP2>["'][YN]{{28,}}["'])
  | (?P<KNOWN7>\b[A-Z][A-Z0-9_:.]*\s*=\s*{_STRING})
    """,
    re.I | re.X,
)
_TEXT = r'"(?:[^"\\]|\\.)*"'
_VALUE = rf"(?:{_TEXT}|\[[^\[\]{{}}]*\]|[\w.+-]+)"
_JSON = re.compile(
    rf"""
    "(?:Description|Comment|Subject|Message)"\s*:\s*(?P<PROSE>{_TEXT})
  | "TimeZone"\s*:\s*(?P<ZONE>{_TEXT})
  | "(?:Type|OrderMethod|FromTime|ToTime|WeekDays|MonthDays|Months|SpecificDates|StartDate|EndDate
      |Schedule|DaysRelation|Every|Units|Times|At|Intervals|From|Date|CompletionStatus|Code|Quantity
      |NumberOf\w+|DaysKeepActive\w*|ShiftBy|Tolerance|Year|Years|Days|Priority|\w*Limit)"
      \s*:\s*(?P<KNOWN>{_VALUE})
  | (?:\\\\)+
  | \\(?P<KEEP>[nrtbf])
    """,
    re.X,
)
_VALUES = """
    all none and or ok notok not any compstat runcount failcount even odd eq ne lt gt le ge
    exerr jnrun jnsub jlost jsecu jfail unkw notrun snrun flush force jobnotsub rerun spcyc
    stopcyclic system automatic manual command job dummy detached external odat prev next stat
    yes no true false regular periodic relative rulebased latesub latetime exectime
    executiontime nextday prevday ignorejob noconfcal donotorder sun mon tue wed thu fri sat
    tues wednes thurs satur filewatch create delete add del start end target minutes hours days
    seconds sysdba
    """
_VARIABLES = """
    odate rdate date oyear year omonth month oday day ojulday julday rjulday ocent cent time
    orderid runcount rn jobname prev compstat blank blanks wday owday calcdate calcdte substr
    plus minus filewatch file_path int_file_searches int_filesize_comparison min_det_size
    num_of_iterations time_limit no_limit no_max no_max_age no_min no_min_age minimumsize
    searchinterval detached monitoringinterval timelimit start stop age wildcard ryear rmonth
    rday rcent parm pool local global parm1 parm2 parm3 parm4 parm5 parm6 parm7 parm8
    """
_MEMBERS = """
    active additional at when type folder subfolder simplefolder folders jobs defaults variables
    driver endpoint flow sequence if ifbase ifcollection waitforevents addevents deleteevents
    events event rerun rerunlimit rerunintervals rerunspecifictimes times every units from by
    intervals calendar rulebased rulebasedcalendars rulebasedcalendar included excluded
    relationship confirmationcalendars ordermethod arguments businessfields connectionprofile
    documentationfile documentationurl statement code criteria tagname activeperiod value
    variable wait workloadpolicy sitestandardpolicy resource embeddedscript filewatcher action
    set job command script comment name mode path url filename filepath jobname subject message
    destination notify
    """
_CALLS = """
    ctm ctmfw filewatch create run order deploy folder table job jobname condition add delete
    variable
    """
_WORDS = words_of(
    _NAMES, _PROSE, _VALUES, _MEMBERS, *ATTRIBUTES, *ATTRIBUTES.values(), *TAGS, *TAGS.values()
) | words_of(*WRAPPERS, *EDITOR, *NOTES)
_JSON_WORDS = words_of(
    *(
        text
        for table in (PLAIN, WHEN, CONFIRMATION, EVENT, POOL, LOCK, SHOUT)
        for member, word in table.items()
        for text in (member, *word.values)
    ),
    *(text for _, members, _ in ACTIONS.values() for text in members),
    *(*ACTIONS, *OCCASIONS, *CRITERIA, *COUNTS, *RESULTS, *RESOURCES, *TASKTYPES),
)


def pieces(source: Source) -> Iterator[Piece]:
    """The pieces of an export."""
    return parted(source.text, _XML if source.text.lstrip().startswith("<") else _JSON)


MINIFIER = Minifier(
    pieces,
    words=_WORDS | words_of("""
    xmlns xsi nonamespaceschemalocation schemalocation org http www xmlschema instance xsd os
    utf iso doctype dtd smart sub table sched autoedit doautoedit domail doshout docond doaction
    doforcejob dosysout doremedy dovariable on in out incond outcond quantitative control quant
    shout capture calendars calendar year rule based tag names odate and sign op stmt code
    action urgency option timefrom timeto weekdays days date dates active till from maxwait
    maxrerun interval cyclic type times sequence tolerance ind tasktype use instream jcl confirm
    critical priority shift num adjust cond dsn order method userdaily daily retro multy agent
    time daysoffset onfail onok limit created
    """),
    public=_JSON_WORDS | words_of(_MEMBERS, _VARIABLES, *VARIABLES, "ok notok"),
    calls=words_of(_CALLS),
)
