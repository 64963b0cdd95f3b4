#!/bin/sh
# tidy.sh STATUS FAILED: note how it went, drop what nobody reads
echo "status $1, failed $2" > .sample-work/outcome.txt
find .sample-work -name '*.err' -size 0 -exec rm -f {} +
