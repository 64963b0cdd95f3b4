"""Commands that only Windows runs."""

import re

_PROGRAM = re.compile(
    r"""\s*"?(?:
        [A-Za-z]:[\\/]                                  # a drive
      | \\\\[^\s\\]                                     # a share
      | %[A-Za-z_]\w*%                                  # a variable that names a program or folder
      | [^\s"/]+\.(?:bat|cmd|exe|ps1)(?:["\s]|\Z)
      | (?:cmd\s+/[cdkqs]|powershell|pwsh|cscript|wscript)(?:["\s]|\Z)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Elsewhere a pair of percent signs is as likely `date +%Y%m%d`, printf's or SQL's: only a name that
# Windows sets, or a folder in front of a backslash, is a variable.
_VARIABLE = re.compile(
    r"""%(?:
        (?:allusersprofile|appdata|computername|comspec|errorlevel|homedrive|homepath
          |localappdata|programdata|programfiles|systemdrive|systemroot|temp|tmp|userdomain
          |username|userprofile|windir)%
      | [A-Za-z_]\w+%\\
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def needs_windows(command: str) -> bool:
    """True if the command names a drive, a share or a program of Windows, or a variable of it."""
    return bool(_PROGRAM.match(command) or _VARIABLE.search(command))
