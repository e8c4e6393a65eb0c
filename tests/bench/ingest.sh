#!/bin/sh
# How long a county takes for one night's whole bundles: `make bench-ingest`. BENCH_INGEST_CASES cases in
# BENCH_INGEST_STREETS streets, three months of visits; the homes of the streets are made once and
# kept. README.md beside this file says what each line means.

set -eu
work=${BENCH_FOLDER:?}/ingest
cases=${BENCH_INGEST_CASES:-20000}
streets=${BENCH_INGEST_STREETS:-16}
runs=${BENCH_INGEST_RUNS:-3}
county=211381
DOUDI_TODAY=2026-11-23
DOUDI_BINDIR=${builddir:?}
DOUDI_DATADIR=$builddir/data
export DOUDI_TODAY DOUDI_BINDIR DOUDI_DATADIR
divisions=${srcdir:?}/tests/data/divisions-21.csv
server=
trap '[ -z "$server" ] || kill "$server"' EXIT
trap 'exit 130' INT TERM

say() {
    printf '== %s\n' "$*" >&2
}
home() {
    where=$1
    shift
    "$builddir/doudi" --home "$where" "$@"
}

# ---- the streets and their bundles of two nights

# make_street AREA SEED: another seed is other people.
make_street() {
    new=$work/homes/$1
    home "$new" init --area "$1" --first-month 2026-09 --divisions "$divisions" >/dev/null
    home "$new" demo --cases $((cases / streets)) --months 3 --seed "$2" --area "$1" >/dev/null
    home "$new" export --out "$work/first" >/dev/null
    home "$new" export --full --out "$work/second" >/dev/null
    rm -rf "$new"
}
mkdir -p "$work"
if [ "$(cat "$work/ready" 2>/dev/null)" != "$cases $streets" ]; then
    say "$streets streets of $((cases / streets)) cases"
    rm -rf "$work/homes" "$work/first" "$work/second" "$work/ready"
    mkdir "$work/homes"
    seed=0
    for street in $(sed -n "s/^\(${county}[0-9]*[1-9][0-9]*\)000,.*,street\$/\1/p" "$divisions" | head -"$streets"); do
        seed=$((seed + 1))
        make_street "$street" $seed
    done
    echo "$cases $streets" >"$work/ready"
fi

# ---- the county

# Processor seconds of the server, in hundredths.
used() {
    awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"
}
now() {
    date +%s%N
}
start() {
    "$builddir/doudid" --home "$work/county" 2>>"$work/log" &
    server=$!
    home "$work/county" status >/dev/null 2>&1 || :
}
stop() {
    kill "$server"
    wait "$server" || :
    server=
}
# night FOLDER: takes in its bundles; "WALL CPU ROWS" in seconds.
night() {
    before=$(used)
    from=$(now)
    home "$work/county" ingest --receipt-dir "$work/receipts" "$1"/*.tar.zst >"$work/said" 2>&1 || cat "$work/said" >&2
    to=$(now)
    rows=$(cat "$work"/receipts/* | sed -n 's/^ *"rows":\([0-9]*\).*/\1/p' | awk '{ n += $1 } END { print n }')
    echo "$(awk "BEGIN { print ($to - $from) / 1e9 }") $(awk "BEGIN { print ($(used) - $before) / 100 }") $rows"
    rm -rf "$work/receipts"
}
# line NAME FILE
line() {
    sort -n "$2" | awk -v name="$1" -v cases="$cases" -v more="streets=$streets bytes=$3" '
        { value[NR] = $1; cpu[NR] = $2; rows = $3 }
        END {
            printf "bench %s cases=%d unit=s runs=%d median=%.4g low=%.4g high=%.4g cpu_s=%.4g rows=%d %s\n", name, cases, NR,
                   NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2, value[1], value[NR],
                   cpu[int((NR + 1) / 2)], rows, more
        }'
}

rm -f "$work/log" "$work"/times-*
for run in $(seq 1 "$runs"); do
    say "night $run of $runs"
    rm -rf "$work/county" "$work/receipts"
    home "$work/county" init --area $county --level county --first-month 2026-09 --divisions "$divisions" >/dev/null
    start
    night "$work/first" >>"$work/times-first"
    night "$work/second" >>"$work/times-again"
    stop
done
line ingest-first "$work/times-first" "$(cat "$work"/first/*.zst | wc -c)"
line ingest-again "$work/times-again" "$(cat "$work"/second/*.zst | wc -c)"
rm -rf "$work/county"
