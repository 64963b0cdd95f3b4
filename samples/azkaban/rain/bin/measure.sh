#!/bin/sh
# measure.sh FILE DAYS SEED UNIT: made-up rain, the same in every run
set -eu
day=1
: > "$1"
while [ "$day" -le "$2" ]; do
    echo "$day,$(( (day * $3) % 11 )),$4" >> "$1"
    day=$((day + 1))
done
