"""Words that stay in all names and commands: those of shells, systems and schedulers."""

from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.dialects.kit.pieces import words_of

_SHELL = """
    alias bash bg chronic chrt constantly cronic doas keep lockfile one run running setlock this
    break builtin case cd command continue csh dash declare do done echo elif else env esac eval
    exec exit export false fi flock for function getopts hash if in ionice kill ksh let local
    nice nohup popd printf print pushd pwd read readonly return runuser select set setsid sh
    shift sleep source su sudo switch tcsh test then time timeout trap true type typeset ulimit
    umask unset until usleep wait while xargs zsh adjustment after chdir conflict code group
    host prompt signal user eq ne lt le gt ge nt ot ef
    """
_PROGRAMS = """
    at awk basename batch bc busybox bzip cat chgrp chmod chown cmd cp curl cut date dd
    df diff dirname docker du egrep expr fgrep find ftp gawk git grep groovy gunzip gzip head
    hostname id java jar kubectl ln logger ls mail mailx make md5sum mkdir mkfifo mktemp mutt mv
    nc nl node npm parallel perl php pip powershell ps psql pwsh python python3 rm rmdir rscript
    rsh rsync ruby scp sed sendmail seq sftp sha256sum shuf sort split sql ssh sshpass stat
    stdbuf sync tac tail tar tee touch tr uname uniq uuid wc wget which whoami zcat zip unzip
    """
_PLACES = """
    bin bsh class conf config csv ctl dag dat data dev err etc exe gz hql home html http https
    ini job json lib lock log logs md null opt out pdf pid pl properties ps py rb root sbin
    stderr stdin stdout tgz tmp toml tsv txt uat usr var xls xlsx xml xsd yaml yml zero
    localhost
    """
_VARIABLES = "lang lc_all ld_library_path logname mailfrom mailto path shell term tz user"
_DAYS = """
    sun mon tue wed thu fri sat sunday monday tuesday wednesday thursday friday saturday jan feb
    mar apr may jun jul aug sep oct nov dec am pm utc gmt
    """

_CALLS = (dialect.minifier.calls for dialect in DIALECTS.values() if dialect.minifier)

PUBLIC = words_of(_SHELL, _PROGRAMS, _PLACES, _VARIABLES, _DAYS, *SCHEDULERS.programs).union(
    "base64 ksh93 latin1 md5sum python2 python3 sha1sum sha256sum utf8".split(), *_CALLS
)
"""In lower case, as runs of letters and digits."""
