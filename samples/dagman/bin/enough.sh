#!/bin/sh
# enough.sh COUNT: exit 9 if there are fewer fits than that
found=$(ls .sample-work/*.fit 2>/dev/null | wc -l)
[ "$found" -ge "$1" ] || exit 9
