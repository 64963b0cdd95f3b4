#!/bin/sh
# cells.sh FOLDER LIMIT: the farms whose milk has too many cells; ends with 4 if there are some.
set -eu
while IFS=, read -r farm litres cells; do
    test "$cells" -le "$2" || printf '%s\n' "$farm"
done < "$1/milk.csv" > "$1/held.txt"
test ! -s "$1/held.txt" || exit 4
