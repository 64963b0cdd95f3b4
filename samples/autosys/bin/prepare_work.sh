#!/bin/sh
# Make the folders of the night and empty them of what an earlier night left.
# usage: prepare_work.sh WORK_FOLDER
set -eu

work=${1:?usage: prepare_work.sh WORK_FOLDER}

for folder in in stage out logs; do
    rm -rf "${work:?}/$folder"
    mkdir -p "$work/$folder"
done
echo "folders ready"
