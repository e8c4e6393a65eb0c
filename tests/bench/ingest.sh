#!/bin/sh
# How long a county takes for a night's bundles: `make bench-ingest`. BENCH_INGEST_CASES cases in
# BENCH_INGEST_STREETS streets, three months of visits; the homes of the streets are made once and their
# bundles kept. README.md beside this file says what each line means.

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

# visited HOME: a ledger of visits of a day to a twentieth of its people, who were still owed one.
visited() {
    home "$1" due --month 2026-11 |
        awk -F, -v most=$((cases / streets / 20)) '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
                      print "身份证号,探访日期,探访方式,探访结果,探访人"; next }
            $at["kind"] == "tanfang" && !seen[$at["id_no"]]++ && n++ < most {
                print $at["id_no"] ",2026-11-22,上门,成功,试验" }'
}
# make_street AREA SEED: another seed is other people. Whole, then a day's changes, then whole again.
make_street() {
    new=$work/homes/$1
    home "$new" init --area "$1" --first-month 2026-09 --divisions "$divisions" >/dev/null
    home "$new" demo --cases $((cases / streets)) --months 3 --seed "$2" --area "$1" >/dev/null
    cp "$(home "$new" export --out "$new.out")" "$work/first/$1.tar.zst"
    visited "$new" >"$new.visits.csv"
    home "$new" import visit "$new.visits.csv" >"$work/log" 2>&1 || cat "$work/log" >&2
    mv "$(home "$new" export --out "$new.out")" "$work/delta/$1.tar.zst"
    mv "$(home "$new" export --full --out "$new.out")" "$work/again/$1.tar.zst"
    rm -rf "$new" "$new.out" "$new.visits.csv"
}
mkdir -p "$work"
if [ "$(cat "$work/ready" 2>/dev/null)" != "$cases $streets" ]; then
    say "$streets streets of $((cases / streets)) cases"
    rm -rf "$work/homes" "$work/first" "$work/delta" "$work/again" "$work/ready"
    mkdir "$work/homes" "$work/first" "$work/delta" "$work/again"
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
# night NAME: takes in the bundles of its folder; adds "WALL CPU ROWS MIB" to its times.
night() {
    before=$(used)
    from=$(now)
    home "$work/county" ingest --receipt-dir "$work/receipts" "$work/$1"/*.tar.zst >"$work/said" 2>&1 || cat "$work/said" >&2
    to=$(now)
    rows=$(cat "$work"/receipts/* | sed -n 's/^ *"rows":\([0-9]*\).*/\1/p' | awk '{ n += $1 } END { print n }')
    taken=$(cat "$work"/receipts/* | grep -c '"outcome":"taken"' || :)
    [ "$taken" = "$streets" ] || say "$1: $taken of $streets bundles were taken"
    most=$(awk '$1 == "VmHWM:" { print $2 / 1024 }' "/proc/$server/status")
    echo "$(awk "BEGIN { print ($to - $from) / 1e9 }") $(awk "BEGIN { print ($(used) - $before) / 100 }") $rows $most" >>"$work/times-$1"
    rm -rf "$work/receipts"
}
# line NAME
line() {
    sort -n "$work/times-$1" | awk -v name="ingest-$1" -v cases="$cases" \
        -v more="streets=$streets bytes=$(cat "$work/$1"/*.zst | wc -c)" '
        { value[NR] = $1; cpu[NR] = $2; rows = $3; if ($4 > most) most = $4 }
        END {
            median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
            printf "bench %s cases=%d unit=s runs=%d median=%.4g low=%.4g high=%.4g cpu_s=%.4g rows=%d cases_per_s=%d rows_per_s=%d peak_mib=%.4g %s\n",
                   name, cases, NR, median, value[1], value[NR], cpu[int((NR + 1) / 2)], rows, cases / median,
                   rows / median, most, more
        }'
}

rm -f "$work/log" "$work"/times-*
for run in $(seq 1 "$runs"); do
    say "night $run of $runs"
    rm -rf "$work/county" "$work/receipts"
    home "$work/county" init --area $county --level county --first-month 2026-09 --divisions "$divisions" >/dev/null
    start
    for night in first delta again; do
        night "$night"
    done
    stop
done
for night in first delta again; do
    line "$night"
done
rm -rf "$work/county"
