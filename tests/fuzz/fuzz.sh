#!/bin/sh
# Runs the fuzzer on every target (or those in FUZZ_TARGETS) for FUZZ_SECONDS each, in the build
# tree. What is found stays as tests/fuzz/found/TARGET-*; exit status 1 if anything was.

set -u
seconds=${FUZZ_SECONDS:-60}
targets=${FUZZ_TARGETS:-$(FUZZ_TARGET='' ./tests/fuzz/fuzz 2>&1 | sed 's/.*: //')}
work=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)/doudi-fuzz-XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir -p tests/fuzz/found
status=0

for target in $targets; do
    corpus=tests/fuzz/corpus/$target
    mkdir -p "$corpus"
    folders=$corpus
    for folder in "$srcdir"/tests/fuzz/seeds/"$target" "$srcdir"/tests/fuzz/crashes/"$target" \
        tests/fuzz/seeds/"$target" tests/fuzz/crashes/"$target"; do
        [ -d "$folder" ] && folders="$folders $folder"
    done
    echo "== $target"
    # shellcheck disable=SC2086 # several folders
    TMPDIR=$work FUZZ_TARGET=$target ./tests/fuzz/fuzz -max_total_time="$seconds" -timeout=25 \
        -rss_limit_mb=3000 -malloc_limit_mb=1000 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="tests/fuzz/found/$target-" $folders >"$work/log" 2>&1
    code=$?
    grep -E '^#[0-9]+.*(INITED|DONE)|stat::(number_of_executed|new_units)' "$work/log"
    if [ "$code" -ne 0 ]; then
        status=1
        tail -60 "$work/log"
    fi
done
exit "$status"
