#!/bin/sh
# accept.sh CODE OTHER: success if CODE is 0 or OTHER
[ "$1" = 0 ] || [ "$1" = "$2" ]
