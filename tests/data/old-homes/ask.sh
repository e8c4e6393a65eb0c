#!/bin/sh
# ask.sh DOUDI HOME: the figures and names of a home, without the words that programs chose to change.
set -u
doudi=$1 home=$2

ask() {
    echo "$ doudi $*"
    "$doudi" --home "$home" "$@" 2>/dev/null
}

for month in 2026-09 2026-10 2026-11; do
    ask due --month $month --all | sort
    for by in village street officer; do
        ask compliance --month $month --by $by
    done
    ask why --month $month --area 211103 | cut -d, -f1-4 | sort
done
ask compliance --month 2026-10 --by village --as-reported
