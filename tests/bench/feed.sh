#!/bin/sh
# How fast doudi feed is, how large the database becomes and how long its views take: `make bench-feed`.
# A county's home of BENCH_FEED_CASES cases and three months is made once; its bundle is sent by
# BENCH_FEED_HOMES homes, which differ in their codes alone. Then the county records visits and sends
# its second bundle. README.md beside this file says what each line means.

set -eu
work=${BENCH_FOLDER:?}/feed
cases=${BENCH_FEED_CASES:-21000}
homes=${BENCH_FEED_HOMES:-20}
runs=${BENCH_FEED_RUNS:-5}
DOUDI_TODAY=2026-11-23
DOUDI_BINDIR=${builddir:?}
DOUDI_DATADIR=$builddir/data
export DOUDI_TODAY DOUDI_BINDIR DOUDI_DATADIR
. "${srcdir:?}/tests/feed/lib.sh"
need_postgresql
mkdir -p "$work"
rm -rf "$work/postgresql" "$work/other" "$work/other.rows" "$work/second"
trap 'stop_servers; stop_postgresql' EXIT
trap 'exit 130' INT TERM

say() {
    printf '== %s\n' "$*" >&2
}
now() {
    date +%s%N
}
# line NAME UNIT [MORE]: the median of the numbers on stdin, as the other benches print it.
line() {
    sort -n | awk -v name="$1" -v unit="$2" -v cases="$cases" -v more="${3-}" '
        { value[NR] = $1 }
        END {
            printf "bench %s cases=%d unit=%s runs=%d median=%.5g low=%.5g high=%.5g%s%s\n", name, cases, unit, NR,
                   NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2, value[1], value[NR],
                   more != "" ? " " : "", more
        }'
}

# ---- the county and its copies

home() {
    "$builddir/doudi" --home "$work/home" "$@"
}
if [ "$(cat "$work/ready" 2>/dev/null)" != "$cases" ]; then
    say "a county's home of $cases cases"
    rm -rf "$work/home" "$work/out" "$work/county"
    home init --area 210321 --first-month 2026-09 --divisions "$srcdir/tests/data/divisions-21.csv" >/dev/null
    home demo --cases "$cases" --months 3 --seed 1 --area 210321 >/dev/null
    home export --out "$work/out" >/dev/null
    unpack "$work"/out/*.tar.zst "$work/county"
    echo "$cases" >"$work/ready"
fi
first=$(ls "$work"/out/doudi-210321000000-20261123.tar.zst)
sed -n '/"name"/{N;s/.*"name":"\([^"]*\)",\n *"rows":\([0-9]*\).*/\1 \2/p}' "$work/county/manifest.json" |
    grep csv | grep -v ^areas >"$work/other.rows"

start_postgresql shared_buffers=1GB max_wal_size=4GB checkpoint_timeout=30min autovacuum=on \
    work_mem=64MB log_min_messages=fatal
new_database bench

# ---- first bundles

say "$homes homes send their first bundle"
loaded=0
for code in $(awk -F, 'length($1) == 12 && substr($1, 7) == "000000" && substr($1, 5, 2) != "00" && $1 !~ /^210321/ {
    print substr($1, 1, 6) }' "$srcdir/tests/data/divisions-21.csv" | head -$((homes - 1))); do
    mkdir -p "$work/other"
    for file in "$work"/county/*.csv; do
        sed "s/210321\([0-9]\{6\}\)/$code\1/g" "$file" >"$work/other/${file##*/}"
    done
    # The first county's home knows all divisions of the province, also this one.
    grep -e '^code' -e '^21....000000,' -e '^210321' "$work/county/areas.csv" | grep -v "^$code" |
        sed "s/210321\([0-9]\{6\}\)/$code\1/g" >"$work/other/areas.csv"
    pack "$work/other" "$work/other.tar.zst" "${code}000000" 1 ''
    from=$(now)
    feed bench "$work/other.tar.zst" >"$work/log"
    to=$(now)
    rows=$(sed -n 2p "$work/log" | cut -d, -f6)
    awk "BEGIN { print $rows / (($to - $from) / 1e9) }"
    loaded=$((loaded + 1))
done >"$work/rates"
feed bench "$first" >"$work/log"
line feed-first rows/s "rows=$(sed -n 2p "$work/log" | cut -d, -f6)" <"$work/rates"
sql bench 'VACUUM ANALYZE'
total=$((cases * homes))
sql bench "SELECT pg_database_size('bench') / 1048576.0" |
    line feed-size MiB "homes=$homes cases_in_all=$total bytes_per_case=$(sql bench "SELECT pg_database_size('bench') / $total") duties=$(sql bench 'SELECT count(*) FROM doudi.duties')"

# ---- the second bundle

say 'the second bundle'
sql bench "SELECT p.id_no FROM doudi.persons p JOIN doudi.duties d USING (origin, person_id)
    WHERE origin = '210321000000' AND month = '2026-11-01' AND d.type = 'visit' AND state = 'pending'
    AND d.kind = 'tanfang' LIMIT $((cases / 20))" |
    awk 'BEGIN { print "身份证号,探访日期,探访方式,探访结果,探访人" } { print $1 ",2026-11-22,上门,成功,试验" }' >"$work/visits.csv"
# again NAME [--full]: the next bundle, a delta or a whole one; each run begins with a copy of the database.
again() {
    rm -rf "$work/changed" "$work/second"
    cp -a "$work/home" "$work/changed"
    cp -a "$work/out" "$work/second"
    "$builddir/doudi" --home "$work/changed" import visit "$work/visits.csv" >"$work/log" 2>&1 || cat "$work/log" >&2
    # shellcheck disable=SC2086
    second=$("$builddir/doudi" --home "$work/changed" export ${2-} --out "$work/second")
    for run in $(seq 1 "$runs"); do
        [ "$run" = 1 ] || sql postgres 'DROP DATABASE again'
        sql postgres "CREATE DATABASE again TEMPLATE bench"
        from=$(now)
        feed again "$second" >"$work/log" 2>&1
        awk "BEGIN { print ($(now) - $from) / 1e6 }"
    done >"$work/times"
    line "$1" ms "rows=$(sql again "SELECT rows FROM doudi.taken WHERE number > 1 LIMIT 1") touched=$(
        sql again "SELECT inserted + updated + deleted FROM doudi.taken WHERE number > 1 LIMIT 1") visits=$(
        sql again "SELECT touched -> 'visits' ->> 'inserted' FROM doudi.taken WHERE number > 1 LIMIT 1")" <"$work/times"
    sql postgres 'DROP DATABASE again'
}
again feed-delta
again feed-whole --full

# ---- views

# view NAME QUERY
view() {
    for run in $(seq 0 "$runs"); do
        psql -X -q -A -t -d bench -c '\timing on' -c "$2" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
    done | sed 1d | line "feed-view-$1" ms "rows=$(sql bench "SELECT count(*) FROM ($2) q")"
}
say 'the views'
view month "SELECT * FROM doudi.rates WHERE month = '2026-10-01' AND kind = 'tanfang' AND level IN ('province', 'city', 'county')"
view villages "SELECT * FROM doudi.rates WHERE month = '2026-10-01' AND kind = 'tanfang' AND level = 'village'"
view county "SELECT * FROM doudi.rate_of('210321', '2026-10-01')"
village=$(sql bench "SELECT max(area) FROM doudi.village_known WHERE origin = '210321000000' AND owed > 10")
view village "SELECT * FROM doudi.rate_of('$village', '2026-10-01')"
view trend "SELECT * FROM doudi.trend WHERE kind = 'tanfang' AND level = 'county'"
view ages "SELECT band, sum(owed) AS owed, sum(reached) AS reached FROM doudi.ages WHERE month = '2026-10-01' AND kind = 'tanfang' GROUP BY band"
view differences 'SELECT * FROM doudi.differences'
rm -rf "$work/changed" "$work/second"
