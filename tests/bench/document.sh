#!/bin/sh
# document.sh DOC: the machine, the table and the plot of the last whole `make bench` into
# DOC/performance.md, between its marks, and DOC/growth.svg.

set -eu
data=${BENCH_FOLDER:?}
doc=$1
[ -s "$data/table.md" ] || {
    echo "$data has no results: run make bench first" >&2
    exit 66
}
awk -v machine="$data/machine" -v table="$data/table.md" '
    function include(file, line) {
        while ((getline line < file) > 0)
            print line
        close(file)
    }
    /^<!-- bench: begin -->$/ {
        print
        include(machine)
        print ""
        include(table)
        print "\n![Growth of each figure with the number of cases](growth.svg)"
        inside = 1
    }
    /^<!-- bench: end -->$/ { inside = 0 }
    !inside' "$doc/performance.md" >"$data/performance.md"
cat "$data/performance.md" >"$doc/performance.md"
cp "$data/growth.svg" "$doc/growth.svg"
