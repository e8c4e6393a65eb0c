#!/bin/sh
# What encryption costs: the same demonstration home twice, plain and encrypted, measured turn by
# turn. Prints "bench NAME-encrypted …" with the ratio to the plain one; README.md beside this file.
#
#   builddir=build CASES=10000 RUNS=7 sh tests/bench/encryption.sh

set -eu
build=$(cd "${builddir:?}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cases=${CASES:-10000}
runs=${RUNS:-7}
DOUDI_BINDIR=$build DOUDI_DATADIR=$build/data DOUDI_TODAY=2026-11-23
export DOUDI_BINDIR DOUDI_DATADIR DOUDI_TODAY
data=$(mktemp -d "${TMPDIR:-/tmp}/doudi-encryption-XXXXXX")
trap 'rm -rf "$data"' EXIT

(umask 077 && openssl rand -base64 33 >"$data/key")

make_home() {
    mkdir "$data/$1"
    "$build/doudi" --home "$data/$1/home" demo --cases "$cases" --months 3 --seed 1 $2 >/dev/null
    "$build/tests/bench/bench" dump --home "$data/$1/home" --scratch "$data/$1" --schemas "$here" \
        --cases "$cases"
}

# One run of a theme on a fresh copy of a home; its lines with the home's name in front.
measure() {
    work=$data/$1/work
    rm -rf "$work"
    mkdir "$work"
    cp -a "$data/$1/home/db" "$work/db"
    [ ! -e "$data/$1/home/key-file" ] || cp "$data/$1/home/key-file" "$work"
    "$build/tests/bench/bench" "$2" --home "$work" --scratch "$data/$1" --schemas "$here" \
        --cases "$cases" --runs 1 $3 | sed "s/^bench /$1 $2$(echo "$3" | tr -d ' ') /"
    rm -rf "$work"
}

make_home plain ''
make_home encrypted "--encrypt-key-file $data/key"
i=0
while [ $i -lt "$runs" ]; do
    for theme in 'visits --clients 1' 'visits --clients 16' 'export ' 'start '; do
        for home in plain encrypted; do
            measure "$home" "${theme%% *}" "${theme#* }"
        done
    done
    i=$((i + 1))
done >"$data/lines"

# Median, lowest and highest of each figure, and of the ratio run by run.
awk '
    function sort(list, count,   i, j, held) {
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
                held = list[j]; list[j] = list[j - 1]; list[j - 1] = held
            }
    }
    function spread(figure, home, count,   i, list) {
        for (i = 1; i <= count; i++)
            list[i] = home == "ratio" \
                ? value[figure, "encrypted", i] / value[figure, "plain", i] : value[figure, home, i]
        sort(list, count)
        return sprintf("%.4g (%.4g to %.4g)", list[int((count + 1) / 2)], list[1], list[count])
    }
    {
        figure = $2 " " $3
        for (i = 4; i <= NF; i++)
            if ($i ~ /^median=/ && substr($i, 8) + 0 > 0) {
                if (!(figure in seen))
                    order[++figures] = figure
                seen[figure] = 1
                value[figure, $1, ++runs[figure, $1]] = substr($i, 8)
            }
    }
    END {
        for (i = 1; i <= figures; i++) {
            figure = order[i]
            count = runs[figure, "plain"]
            if (count > 0 && count == runs[figure, "encrypted"])
                printf "bench %s runs=%d plain=%s encrypted=%s ratio=%s\n", figure, count,
                    spread(figure, "plain", count), spread(figure, "encrypted", count),
                    spread(figure, "ratio", count)
        }
    }' "$data/lines"
