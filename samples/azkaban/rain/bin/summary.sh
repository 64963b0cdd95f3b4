#!/bin/sh
# summary.sh FOLDER TITLE
set -eu
{
    echo "$2"
    for station in north south; do
        awk -F, -v name="$station" '{ sum += $2 } END { print name ": " sum " mm" }' "$1/$station.csv"
    done
} > "$1/summary.txt"
cat "$1/summary.txt"
