#!/bin/sh
# Appends a reading, made up of the time of day: measure.sh WORK
mkdir -p "$1"
minute=$(( $(date +%H | sed 's/^0//') * 60 + $(date +%M | sed 's/^0//') ))
wind=$(( minute * 7 % 23 ))
echo "$(date +%Y-%m-%dT%H:%M) $(( 5 + minute / 120 )) $wind" >> "$1/readings.txt"
echo "wind $wind"
