#!/bin/bash
# Runs the cases of tests/field, each with a scratch folder and a home of its own. $FIELD_CASES: a pattern of
# names. A case that ends with 77 could not be tried (no tmux); all others must end with 0.

set -u
export DOUDI="${builddir:?}/doudi" S="${srcdir:?}"
cases=$S/tests/field/cases
command -v zstd >/dev/null || { echo 'zstd is not there'; exit 77; }
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
export scratch

one() {
    name=$(basename "$1")
    T=$scratch/$name timeout 300 bash "$1/run.sh" >"$scratch/$name.log" 2>&1
    echo "$? $name"
    rm -rf "${scratch:?}/$name"
}
export -f one

find "$cases" -mindepth 1 -maxdepth 1 -type d -name "${FIELD_CASES:-*}" -print0 | sort -z |
    xargs -0 -P 2 -I{} bash -c 'one "$1"' one {} | sort -k2 >"$scratch/results"
while read -r status name; do
    case $status in
    0) echo "ok      $name" ;;
    77) echo "skipped $name: $(tail -n 1 "$scratch/$name.log")" ;;
    *)
        echo "FAILED  $name"
        cat "$scratch/$name.log"
        ;;
    esac
done <"$scratch/results"
[ -s "$scratch/results" ] && ! grep -qvE '^(0|77) ' "$scratch/results"
