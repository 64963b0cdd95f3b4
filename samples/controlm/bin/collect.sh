#!/bin/sh
# collect.sh FOLDER DATE: the milk of one evening, one line per farm: farm, litres, cells.
set -eu
mkdir -p "$1"
rm -f "$1"/*
cat > "$1/milk.csv" <<END
Alder,820,190
Birch,1140,260
Cedar,410,520
Dogwood,960,180
END
printf '%s\n' "$2" > "$1/date.txt"
wc -l < "$1/milk.csv"
