#!/bin/sh
# Notes what the keeper has to do: remind.sh WORK WHAT [HOW]
mkdir -p "$1"
echo "clean the $2 ${3:-}" >> "$1/todo.txt"
cat "$1/todo.txt"
