#!/bin/sh
# Sends the readings to the institute, here a file: upload.sh WORK
mkdir -p "$1"
touch "$1/readings.txt"
cp "$1/readings.txt" "$1/institute.txt"
echo "sent $(wc -l < "$1/institute.txt") readings"
