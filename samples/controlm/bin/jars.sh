#!/bin/sh
# jars.sh FOLDER STOCK: the jars that are left after a night; ends with 3 if they are too few.
set -eu
left=$(($2 - $(cat "$1/bottles.txt")))
printf '%s\n' "$left" > "$1/jars.txt"
test "$left" -ge 500 || exit 3
