#!/bin/sh
# Instructions of the hot paths, compared with those in baseline.txt: one that grew by more than a
# tenth fails. `count.sh --update` writes the file anew (make update-counts). Instructions do not
# depend on how busy a machine is, but they do on the compiler and the libraries: with others than
# the baseline's a path may be half as long again, and without optimisation, with sanitizers or
# without valgrind nothing is compared.
set -eu

baseline=$srcdir/tests/count/baseline.txt
today=2026-11-23
work=$(mktemp -d "${TMPDIR:-/tmp}/doudi-count-XXXXXX")
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

optimisation=$(printf '%s\n' "$COUNT_FLAGS" | tr ' ' '\n' | grep '^-O' | tail -n 1)

skip() {
    echo "counts: $*; nothing was compared"
    exit 77
}

made_by() {
    echo "compiler $COUNT_COMPILER"
    echo "optimisation $optimisation"
    for package in libc6 libdb5.3 libprotobuf-c1; do
        echo "$package $(dpkg-query -W -f '${Version}' $package 2>/dev/null | cut -d- -f1)"
    done
    # The C library has its functions in several makes; callgrind knows them up to AVX2.
    echo "cpu $(uname -m) $(grep -o -w -m1 avx2 /proc/cpuinfo | sort -u)"
}

# A home of invented people, made by the real programs.
make_home() {
    DOUDI_TODAY=$today "$builddir/doudid" --home "$work/home" --create > "$work/server.log" 2>&1 &
    server=$!
    while ! test -S "$work/home/doudi.sock" && kill -0 "$server" 2>/dev/null; do sleep 0.1; done
    DOUDI_TODAY=$today "$builddir/doudi" --home "$work/home" demo --cases 300 --months 1 --seed 7 \
        --area 211102002 > "$work/demo.log" 2>&1 || {
        cat "$work/demo.log" "$work/server.log"
        exit 1
    }
    kill "$server"
    wait "$server" || true
    server=
}

# path, instructions of one run
count_paths() {
    valgrind --tool=callgrind --callgrind-out-file="$work/out" \
        "$builddir/tests/count/paths" "$work/home" "${today%-*}" $today \
        > "$work/paths" 2> "$work/log" || {
        cat "$work/log"
        exit 1
    }
    runs=$(sed -n 's/^runs //p' "$work/paths")
    for name in $(sed -n 's/^path //p' "$work/paths"); do
        file=$(grep -l "^desc: Trigger: Client Request: $name\$" "$work"/out.*)
        total=$(sed -n 's/^totals: //p' "$file")
        echo "$name $((total / runs))"
    done
}

command -v valgrind > /dev/null || skip 'valgrind is not installed'
case $optimisation in '' | -O0 | -Og) skip "compiled with ${optimisation:-no optimisation}" ;; esac
make_home
made_by > "$work/made_by"
count_paths > "$work/counts"
test "$(wc -l < "$work/counts")" -ge 5 || { cat "$work/log"; exit 1; }

if test "${1:-}" = --update; then
    { sed 's/^/# /' "$work/made_by"; cat "$work/counts"; } > "$work/new"
    cp "$work/new" "$baseline"
    cat "$baseline"
    exit 0
fi

allowed=10
sed -n 's/^# //p' "$baseline" > "$work/made_by_then"
cmp -s "$work/made_by" "$work/made_by_then" || {
    echo 'counts: made differently than the baseline, a path may be half as long again:'
    diff "$work/made_by_then" "$work/made_by" || true
    allowed=50
}
grep -v '^#' "$baseline" | sort > "$work/then"
sort "$work/counts" | join -a 1 -a 2 -e 0 -o 0,1.2,2.2 "$work/then" - | awk -v allowed=$allowed '
    { change = $2 > 0 ? ($3 - $2) * 100 / $2 : 0
      printf "%-16s %10d %10d %+7.1f %%\n", $1, $2, $3, change
      if ($2 == 0) { print "  is not in the baseline: make update-counts"; bad = 1 }
      if ($3 == 0) { print "  was not counted"; bad = 1 }
      if (change > allowed) { print "  grew by more than " allowed " %"; bad = 1 }
      if (change < -allowed) print "  is shorter now: make update-counts keeps it so" }
    END { exit bad }'
