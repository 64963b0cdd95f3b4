#!/bin/sh
# check.sh FILE: at least 28 days, and a number in each
set -eu
[ "$(grep -c '^[0-9]*,[0-9]*,mm$' "$1")" -ge 28 ]
