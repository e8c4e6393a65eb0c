#!/bin/sh
# Runs the bench for every size of BENCH_SIZES, and the soak at the first. BENCH_FOLDER gets the lines
# (results), a table and a plot of them. With BENCH_THEMES only those are run, and their lines take the
# places of those that an earlier whole run left. BENCH_DEMO: further options of `doudi demo`, instead
# of a size's own place. README.md beside this file says what each line means.
#
# A size has a folder in BENCH_FOLDER that is kept: `home` is made once, every theme gets a fresh copy
# of it; the peers' bases stand beside. Both are made again when the home would be another one;
# `make bench-clean` forgets them.

set -eu
here=${srcdir:?}/tests/bench
build=${builddir:?}
data=${BENCH_FOLDER:?}
sizes=${BENCH_SIZES:?}
themes=${BENCH_THEMES:-visits idle-visit reads import export start terminal}
soak=${BENCH_SOAK---clients 200 --seconds 300}
DOUDI_BINDIR=$build
DOUDI_DATADIR=$build/data
DOUDI_TODAY=2026-11-23
export DOUDI_BINDIR DOUDI_DATADIR DOUDI_TODAY
program=$build/tests/bench/bench
results=$data/results
sockets=
cluster=

say() {
    printf '== %s\n' "$*" >&2
}

# ---- PostgreSQL: a cluster of the size's own, run by an ordinary user

as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"
    else
        "$@"
    fi
}

start_postgresql() {
    [ -n "${POSTGRESQL-}" ] || return 0
    user=$(id -un postgres 2>/dev/null || echo nobody)
    [ "$(id -u)" -eq 0 ] || user=$(id -un)
    cluster=$1/postgresql
    sockets=$(mktemp -d)
    [ "$(id -u)" -ne 0 ] || chown "$user" "$sockets"
    if [ ! -e "$cluster/ready" ]; then
        rm -rf "$cluster"
        mkdir "$cluster"
        [ "$(id -u)" -ne 0 ] || chown "$user" "$cluster"
        as_user "$POSTGRESQL/initdb" -D "$cluster/data" -U bench -A trust -E UTF8 --no-locale \
            >"$cluster.log" 2>&1
        cat "$here/postgresql.conf" >>"$cluster/data/postgresql.conf"
        : >"$cluster/ready"
    fi
    as_user "$POSTGRESQL/pg_ctl" -D "$cluster/data" -w -s -l "$sockets/log" \
        -o "-k $sockets -c listen_addresses=" start
    postgresql="--postgresql=host=$sockets user=bench options='-c client_min_messages=warning'"
}

stop_postgresql() {
    [ -z "$cluster" ] || as_user "$POSTGRESQL/pg_ctl" -D "$cluster/data" -s -m fast stop || true
    [ -z "$sockets" ] || rm -rf "$sockets"
    cluster=
    sockets=
}
trap stop_postgresql EXIT
trap 'exit 130' INT TERM

# ---- a size

# What a size stands for: the divisions of a county, a city, a province (README.md says why these).
place_of() {
    if [ "$1" -le 30000 ]; then
        echo 210321
    elif [ "$1" -le 300000 ]; then
        echo 2113
    else
        echo 21
    fi
}

# make_home FOLDER SIZE: unless the one that is there was made in the same way.
make_home() {
    place=$(place_of "$2")
    demo="--cases $2 --months 3 --seed 1"
    recipe="$demo ${BENCH_DEMO---area $place of divisions-21.csv}, pages of 4 KiB"
    [ ! -e "$1/ready" ] || [ "$(cat "$1/ready")" != "$recipe" ] || return 0
    say "a home of $2 cases in $1"
    rm -rf "$1"
    mkdir -p "$1"
    [ -n "${BENCH_DEMO+set}" ] ||
        "$build/doudi" --home "$1/home" init --area "$place" --first-month 2026-09 \
            --divisions "$here/../data/divisions-21.csv" >"$1/demo"
    # shellcheck disable=SC2086 # lists
    "$build/doudi" --home "$1/home" demo $demo ${BENCH_DEMO---area $place} >>"$1/demo"
    "$program" dump --home "$1/home" --scratch "$1" --schemas "$here" --cases "$2"
    printf '%s\n' "$recipe" >"$1/ready"
}

# run_theme FOLDER SIZE THEME [OPTION…]
run_theme() {
    folder=$1
    size=$2
    theme=$3
    shift 3
    say "$size cases: $theme"
    rm -rf "$folder/work"
    mkdir "$folder/work"
    cp -a "$folder/home/db" "$folder/work/db"
    # shellcheck disable=SC2086 # BENCH_OPTIONS is a list
    "$program" "$theme" --home "$folder/work" --scratch "$folder" --schemas "$here" --cases "$size" \
        ${postgresql:+"$postgresql"} ${BENCH_OPTIONS-} "$@" >"$results.lines"
    rm -rf "$folder/work"
    cat "$results.lines"
    cat "$results.lines" >>"$results.part"
    rm "$results.lines"
}

mkdir -p "$data"
load=$(cut -d ' ' -f 1-3 /proc/loadavg)
: >"$results.part"
[ -n "${POSTGRESQL-}" ] || say 'PostgreSQL is not installed: its figures are left out'
for size in $sizes; do
    postgresql=
    make_home "$data/$size" "$size"
    start_postgresql "$data/$size"
    for theme in $themes; do
        run_theme "$data/$size" "$size" "$theme"
    done
    stop_postgresql
done

# The lines of an earlier run, those that have been measured again in their places.
merge_results() {
    awk '{ key = $2 " " $3 }
         NR == FNR { again[key] = $0; next }
         key in again { print again[key]; delete again[key]; next }
         { print }
         END { for (key in again) print again[key] }' "$results.part" "$results" >"$results.merged"
    mv "$results.merged" "$results.part"
}

postgresql=
if [ -n "${BENCH_THEMES-}" ]; then
    [ -s "$results" ] || exit 0
    merge_results
else
    # shellcheck disable=SC2086 # a list
    [ -z "$soak" ] || run_theme "$data/${sizes%% *}" "${sizes%% *}" soak $soak
fi

{
    printf 'Processors: %s x %s; memory: %s kB; Linux %s; compiled with %s.\n' "$(nproc)" \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed 1q)" \
        "$(sed -n 's/^MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)" "$(uname -r)" "${BENCH_FLAGS-}"
    printf 'Load of the machine when the bench began: %s\n' "$load"
} >"$data/machine"
mv "$results.part" "$results"
awk -f "$here/table.awk" "$results" >"$data/table.md"
awk -f "$here/plot.awk" "$results" >"$data/growth.svg"
say "$results, table.md and growth.svg beside it"
