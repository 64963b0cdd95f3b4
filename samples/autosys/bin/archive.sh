#!/bin/sh
# Copy the night's reports to the archive; the list of their names comes on the
# standard input, the list of copies with check sums goes to the standard output.
# usage: archive.sh FROM_FOLDER TO_FOLDER < names
set -eu

from=$1
to=$2

rm -rf "${to:?}"
mkdir -p "$to"
while IFS= read -r name; do
    [ -n "$name" ] || continue
    cp "$from/$name" "$to/$name"
    (cd "$to" && cksum "$name")
done
