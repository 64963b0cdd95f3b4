"""Recognition of Windows commands."""

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
# Percent signs also occur in `date +%Y%m%d`, printf and SQL: only names that Windows sets, and
# names in front of a backslash, are variables.
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
    """True if the command names a drive, share, program or variable of Windows."""
    return bool(_PROGRAM.match(command) or _VARIABLE.search(command))
