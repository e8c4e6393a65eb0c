#!/bin/sh
# Workbooks and CSV for spreadsheet programs, from the command to LibreOffice and back. Without
# LibreOffice only what can be seen without it.

set -u
cd "${srcdir:-.}" || exit 99
build=${builddir:-$PWD}
work=$(mktemp -d) || exit 99
failed=0
export DOUDI_TODAY=2026-11-28
if [ ! -x "$build/doudi-report" ]; then
    echo 'skipped: built without doudi-report'
    exit 77
fi

server() {
    for process in /proc/[0-9]*; do
        case $({ tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null) in
        *"doudid --home $1 "*) echo "${process#/proc/}" ;;
        esac
    done
}
clean() {
    for home in "$work/demo" "$work/ledger" "$work/again"; do
        for process in $(server "$home"); do kill "$process"; done
    done
    rm -rf "$work"
}
trap clean EXIT

complain() {
    echo "$*"
    failed=1
}
demo() { "$build/doudi" --home "$work/demo" "$@" 2>"$work/said"; }

demo demo --area 211103001 --cases 60 --months 2 --seed 1 >/dev/null || exit 99

# ---- every table as a workbook and as CSV for a spreadsheet program
for command in 'due --month 2026-11' 'compliance --month 2026-10 --by village' 'why --month 2026-10 --area 211103001' \
    'suspicious --month 2026-10' roster 'statement 2026-10 --area 211103001' audit 'officer list' 'area list' status; do
    # shellcheck disable=SC2086 # the words of a command
    demo $command --format xlsx -o "$work/list.xlsx" || complain "$command --format xlsx: $? $(cat "$work/said")"
    [ "$(head -c 2 "$work/list.xlsx")" = PK ] || complain "$command --format xlsx makes no workbook"
    # shellcheck disable=SC2086
    demo $command --excel >"$work/list.csv" || complain "$command --excel: $? $(cat "$work/said")"
    [ "$(head -c 3 "$work/list.csv" | od -An -tx1 | tr -d ' ')" = efbbbf ] || complain "$command --excel: no BOM"
    [ "$(grep -c "$(printf '\r')\$" "$work/list.csv")" = "$(wc -l <"$work/list.csv")" ] || complain "$command --excel: not CRLF"
    sed 1q "$work/list.csv" | grep -q '[a-z]' && complain "$command --excel: $(sed 1q "$work/list.csv")"
    rm "$work/list.xlsx"
done

# ---- a roster has whole ID numbers, which is recorded
[ "$(demo roster --all | cut -d, -f5 | grep -cE '^[0-9]{17}[0-9X]$')" -gt 50 ] || complain 'roster: the ID numbers are not whole'
demo audit --action print | grep -q 打印 || complain 'roster: leaves no event'
[ "$(demo roster --excel | cut -d, -f10 | sed 1d | sort -u)" = 在册 ] || complain 'roster --excel: no words for states'
# ---- and goes into another home: each column is a field, or one that is called our own
again() { "$build/doudi" --home "$work/again" "$@" 2>"$work/said"; }
again init --area 211103001 --divisions share/divisions-2111.csv --first-month 2026-11 >/dev/null || complain "init: $(cat "$work/said")"
demo roster --kind tanfang --format xlsx -o "$work/roster.xlsx"
again import tanfang "$work/roster.xlsx" >"$work/took" || complain "a roster again: $(cat "$work/said" "$work"/roster.xlsx.refused.csv)"
grep -q '^rows [1-9][0-9]* accepted [1-9][0-9]* refused 0$' "$work/took" || complain "a roster again: $(cat "$work/took")"
grep -q '^ignored columns: 个案编号、业务、状态$' "$work/took" || complain "a roster again: $(cat "$work/took")"
demo roster --kind tanfang | cut -d, -f4-10,12,15- | sort >"$work/wanted"
again roster --kind tanfang | cut -d, -f4-10,12,15- | sort >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "a roster again is another one: $(diff "$work/wanted" "$work/found" | head -5)"
demo roster --kind tekun --format xlsx -o "$work/roster.xlsx" # what else it needs is no column of the roster
again import tekun "$work/roster.xlsx" --dry-run >"$work/took"
grep -q '缺少' "$work/said" && grep -q '没有认出' "$work/said" && complain "own columns are called unknown: $(cat "$work/said")"
demo statement 2026-10 --area 211103001 --version x >/dev/null
[ $? = 65 ] || complain 'a version that is no number is not refused'
demo statement 2026-11 --area 211103001 >/dev/null
[ $? = 65 ] || complain 'a statement of an open month is not refused'

# ---- without the program that makes them
mkdir "$work/bin"
for program in doudid doudi-sheet; do ln -s "$build/$program" "$work/bin"; done
DOUDI_BINDIR=$work/bin demo due --month 2026-11 --format xlsx -o "$work/none.xlsx"
[ $? = 73 ] || complain 'a missing doudi-report does not end with 73'
grep -q '安装软件包 doudi-report' "$work/said" || complain "a missing doudi-report: $(cat "$work/said")"
[ ! -e "$work/none.xlsx" ] || complain 'a missing doudi-report leaves a file'
demo due --month 2026-11 --json --excel >/dev/null
[ $? = 64 ] || complain '--json --excel is not refused'

# ---- the nightly bundle has one for people, and says so if it has none
bundle() {
    rm -rf "$work/bundle" "$work/night"
    mkdir "$work/bundle"
    DOUDI_BINDIR=$1 demo export --out "$work/night" >"$work/path" || complain "export: $(cat "$work/said")"
    tar --zstd -xf "$(cat "$work/path")" -C "$work/bundle" || complain 'the bundle cannot be unpacked'
}
stop() {
    for process in $(server "$work/demo"); do kill "$process"; done
    for _ in $(seq 600); do
        [ -n "$(server "$work/demo")" ] || return 0
        sleep 0.1
    done
    complain 'the server does not end'
}
stop
bundle "$work/bin"
[ ! -e "$work/bundle/compliance.xlsx" ] && grep -q '"why".*安装软件包 doudi-report' "$work/bundle/manifest.json" ||
    complain 'a bundle without its workbook does not say so'
stop
bundle "$build"
grep -q '"missing"' "$work/bundle/manifest.json" && complain 'a whole bundle lacks something'
[ "$(sha256sum <"$work/bundle/compliance.xlsx" | cut -d' ' -f1)" = "$(grep -A9 '"compliance.xlsx"' "$work/bundle/manifest.json" |
    sed -n 's/.*"sha256": *"\(.*\)".*/\1/p')" ] || complain 'the workbook is not that of the manifest'

# ---- LibreOffice
if ! command -v soffice >/dev/null; then
    echo 'no LibreOffice: what it reads and writes is not compared'
    exit $failed
fi
# A path as an URL: LibreOffice waits for ever for a profile whose blanks are not written as %20.
profile=file://$(printf '%s/profile' "$work" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g; s/%2f/\//g')
office() {
    HOME=$work timeout -k 5 300 soffice "-env:UserInstallation=$profile" --headless "$@" >"$work/office" 2>&1 ||
        complain "soffice $*: $? $(cat "$work/office")"
}
demo due --month 2026-11 --all >"$work/due-wanted.csv"
demo due --month 2026-11 --all --format xlsx -o "$work/due.xlsx" || complain "$(cat "$work/said")"
demo due --month 2026-11 --all --excel -o "$work/due-excel.csv"
demo compliance --month 2026-10 --by village >"$work/board-wanted.csv"
demo compliance --month 2026-10 --by village --format xlsx -o "$work/board.xlsx"
mkdir "$work/out" "$work/texts"
cp tests/data/ledgers/探访对象.csv "$work/texts/ledger.csv"
cp tests/data/ledgers/探访对象.csv "$work/numbers.csv"
office --infilter=csv:44,34,76 --convert-to xlsx --outdir "$work" "$work/due-excel.csv" "$work/numbers.csv"
office --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' --outdir "$work/out" "$work/due.xlsx" "$work/board.xlsx" "$work/due-excel.xlsx" \
    "$work/bundle/compliance.xlsx"

# What is a word for people there, and an id in the contract, is left out: kind and status.
tail -n +2 "$work/due-wanted.csv" | cut -d, -f1-6,8-13,15- >"$work/wanted"
tail -n +4 "$work/out/due.csv" | cut -d, -f1-6,8-13,15- >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "LibreOffice reads another due list from the workbook: $(diff "$work/wanted" "$work/found" | head -5)"
tail -n +2 "$work/out/due-excel.csv" | cut -d, -f1-6,8-13,15- >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "LibreOffice reads another due list from --excel: $(diff "$work/wanted" "$work/found" | head -5)"
tail -n +2 "$work/board-wanted.csv" >"$work/wanted"
tail -n +4 "$work/out/board.csv" >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "LibreOffice reads another board: $(diff "$work/wanted" "$work/found" | head -5)"

# Programmes and bases have names there.
tail -n +2 "$work/bundle/compliance.csv" | cut -d, -f1,3-14,16- >"$work/wanted"
tail -n +4 "$work/out/compliance.csv" | cut -d, -f1,3-14,16- >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "LibreOffice reads other figures from the bundle: $(diff "$work/wanted" "$work/found" | head -5)"

# What LibreOffice writes goes in as the CSV does: codes as texts, days as days. Where it has made
# numbers of the ID numbers, they are refused for that reason.
ledger() {
    "$build/doudi" --home "$work/ledger" import tanfang "$1" --dry-run 2>&1
}
"$build/doudi" --home "$work/ledger" init --area 2111 --divisions share/divisions-2111.csv >/dev/null || exit 99
office --infilter=csv:44,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2/9/5/10/2/11/2 --convert-to xlsx --outdir "$work/texts" "$work/texts/ledger.csv"
ledger "$work/texts/ledger.csv" | tail -1 >"$work/wanted"
grep -q '^rows 240 accepted 219 refused 21$' "$work/wanted" || complain "the ledger itself: $(cat "$work/wanted")"
ledger "$work/texts/ledger.xlsx" | tail -1 >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "LibreOffice's workbook goes in as: $(cat "$work/found")"
cut -d, -f1,2,4 "$work/texts/ledger.csv.refused.csv" | tr -d '\r' >"$work/wanted"
cut -d, -f1,2,4 "$work/texts/ledger.xlsx.refused.csv" | tr -d '\r' >"$work/found"
cmp -s "$work/wanted" "$work/found" || complain "other rows are refused: $(diff "$work/wanted" "$work/found" | head -5)"
ledger "$work/numbers.xlsx" >/dev/null
spoilt=$(cut -d, -f3 "$work/numbers.csv" | grep -cE '^[0-9]{18}$')
refused=$(grep -c '身份证号,.*科学计数' "$work/numbers.xlsx.refused.csv")
[ "$spoilt" -gt 100 ] && [ "$refused" -ge "$spoilt" ] || complain "of $spoilt spoilt ID numbers $refused are refused"

exit $failed
