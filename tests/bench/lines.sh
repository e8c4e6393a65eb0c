#!/bin/sh
# The bench in its smallest form: it builds, runs every theme and prints well-formed lines with values
# above nothing. How fast is not looked at.

set -u
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
wanted='visits memory-after-visits visit-idle-p99-beyond-sync duties board board-streets board-street due-first-page due-page-again due-screenful
find-key-p99 memory-after-search import export-cases start-clean start-killed memory-after-start soak soak-visit soak-read
soak-memory soak-log terminal-start terminal-pss terminal-bytes'
failed=0

BENCH_FOLDER=$folder BENCH_SIZES=300 BENCH_OPTIONS='--runs 1 --rows 200 --clients 4' \
    BENCH_SOAK='--seconds 4' POSTGRESQL='' sh "$srcdir/tests/bench/bench.sh" || exit 1
for name in $wanted; do
    line=$(grep "^bench $name cases=300 unit=" "$folder/results")
    # A visit may by chance be quicker than the disk's slowest sync.
    case $name in
    *beyond*) number='-*[0-9.]*' ;;
    *) number='[0-9.]*[1-9][0-9.]*' ;;
    esac
    printf '%s\n' "$line" |
        grep -q "^bench [a-z0-9-]* cases=300 unit=[A-Za-z/]* runs=[1-9][0-9]* median=$number\( [a-z_0-9]*=-*[0-9.e+-]*\)*$" || {
        echo "no line, or not one as it should be: $name: $line"
        failed=1
    }
done
grep -q ' failures=0 ' "$folder/results" || failed=1
grep -q '^| visits | 300 |' "$folder/table.md" || failed=1
grep -q '</svg>' "$folder/growth.svg" || failed=1
exit "$failed"
