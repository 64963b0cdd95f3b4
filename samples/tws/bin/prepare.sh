#!/bin/sh
# Make the folders of the night and empty them. usage: prepare.sh WORK_FOLDER
set -eu

work=${1:?usage: prepare.sh WORK_FOLDER}

for folder in in out; do
    rm -rf "${work:?}/$folder"
    mkdir -p "$work/$folder"
done
: > "$work/in/west.lock"
echo "folders ready"
