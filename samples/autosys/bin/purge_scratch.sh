#!/bin/sh
# Remove scratch files (*.tmp) that a killed job left, keep the last reports of it.
# usage: purge_scratch.sh WORK_FOLDER [REPORTS_TO_KEEP]
set -eu

work=${1:?usage: purge_scratch.sh WORK_FOLDER [REPORTS_TO_KEEP]}
keep=${2:-3}
reports=$work/housekeeping

mkdir -p "$reports"
number=$keep
while [ "$number" -gt 1 ]; do
    older=$reports/purge.$number
    number=$((number - 1))
    [ ! -f "$reports/purge.$number" ] || mv "$reports/purge.$number" "$older"
done
# Folders may come and go while the night runs: that is no failure of this job.
find "$work" -type f -name '*.tmp' -print -exec rm -f {} + 2>/dev/null |
    sort >"$reports/purge.1"
echo "$(wc -l <"$reports/purge.1" | tr -d ' ') scratch files removed"
