#!/bin/sh
# pasteurise.sh FOLDER: heats the milk. The first try of a night finds the boiler cold.
set -eu
if ! test -e "$1/boiler.txt"; then
    printf 'warm\n' > "$1/boiler.txt"
    echo "the boiler was cold" >&2
    exit 1
fi
litres=0
while IFS=, read -r farm amount cells; do
    litres=$((litres + amount))
done < "$1/ready.csv"
printf '%s\n' "$litres" > "$1/litres.txt"
