#!/bin/bash
# What encryption costs: the same demonstration home twice, plain and encrypted, turn by turn. Prints
# "bench NAME-encrypted …" with the plain home's figure beside it and the ratio, the median over the
# runs. Processor time of the server is told as well: other work on the machine hardly changes it.
#
#   builddir=build CASES=10000 RUNS=7 tests/bench/encryption.sh

set -eu
build=$(cd "${builddir:?}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
cases=${CASES:-10000}
runs=${RUNS:-7}
visits=${VISITS:-3000}
export DOUDI_BINDIR=$build DOUDI_DATADIR=$build/data DOUDI_TODAY=2026-11-23
data=$(mktemp -d "${TMPDIR:-/tmp}/doudi-encryption-XXXXXX")
trap 'rm -rf "$data"' EXIT
TIMEFORMAT='%R %U %S'

(umask 077 && openssl rand -base64 33 >"$data/key")
"$build/doudi" --home "$data/plain" demo --cases "$cases" --months 3 --seed 1 >"$data/said"
"$build/doudi" --home "$data/encrypted" demo --cases "$cases" --months 3 --seed 1 \
    --encrypt-key-file "$data/key" >"$data/said"
"$build/tests/bench/bench" dump --home "$data/plain" --scratch "$data" --schemas "$here" \
    --cases "$cases"

# A fresh copy of a home, since a measurement changes it.
copy() {
    rm -rf "$data/work"
    mkdir "$data/work"
    cp -a "$data/$1/db" "$data/work/db"
    [ ! -e "$data/$1/key-file" ] || cp "$data/$1/key-file" "$data/work"
}

# FIGURE HOME VALUE …: seconds of the clock and of the processor that a command took.
timed() {
    local figure=$1 home=$2 real user system
    shift 2
    read -r real user system < <({ time "$@" >"$data/said" 2>&1; } 2>&1)
    echo "$figure-clock s $home $real"
    echo "$figure-cpu s $home $(awk "BEGIN { print $user + $system }")"
}

# Visits a second through the socket, and the server's processor time from its start to its end; the
# bench ends the server.
record() {
    local real user system
    copy "$1"
    { time "$build/doudid" --home "$data/work" 2>"$data/said"; } 2>"$data/time" &
    until [ -S "$data/work/doudi.sock" ]; do sleep 0.1; done
    "$build/tests/bench/bench" visits --home "$data/work" --scratch "$data" --schemas "$here" \
        --cases "$cases" --runs 1 --rows "$visits" --clients "$2" |
        sed -n "s|^bench visits .* median=\\([^ ]*\\) .*|visits-$2-clients visits/s $1 \\1|p"
    wait
    read -r real user system <"$data/time"
    echo "visits-$2-clients-cpu s $1 $(awk "BEGIN { print $user + $system }")"
}

for ((i = 0; i < runs; i++)); do
    for home in plain encrypted; do
        copy "$home"
        timed verify "$home" "$build/doudid" --verify --home "$data/work"
        timed start-and-end "$home" "$build/doudid" --home "$data/work" --idle-exit 1
        record "$home" 1
        record "$home" 16
    done
done >"$data/lines"

awk '
    function sort(list, count,   i, j, held) {
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
                held = list[j]; list[j] = list[j - 1]; list[j - 1] = held
            }
    }
    function spread(figure, what, count,   i, list) {
        for (i = 1; i <= count; i++)
            list[i] = what == "ratio" ? value[figure, "encrypted", i] / value[figure, "plain", i] \
                                      : value[figure, what, i]
        sort(list, count)
        return sprintf("%.4g (%.4g to %.4g)", list[int((count + 1) / 2)], list[1], list[count])
    }
    {
        figure = $1 " unit=" $2
        if (!(figure in seen))
            order[++figures] = figure
        seen[figure]
        value[figure, $3, ++count[figure, $3]] = $4 > 0 ? $4 : 0.001
    }
    END {
        for (i = 1; i <= figures; i++) {
            figure = order[i]
            split(figure, words, " ")
            printf "bench %s-encrypted cases='"$cases"' %s runs=%d encrypted=%s plain=%s ratio=%s\n",
                words[1], words[2], count[figure, "plain"],
                spread(figure, "encrypted", count[figure, "plain"]),
                spread(figure, "plain", count[figure, "plain"]),
                spread(figure, "ratio", count[figure, "plain"])
        }
    }' "$data/lines"
