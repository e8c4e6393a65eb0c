#!/bin/sh
# What is printed into a pipe whose reader has gone: the command ends quietly and as SIGPIPE ends others,
# and only a full disk is called one. What a command has done before stays done.

set -u
cd "${srcdir:-.}" || exit 99
build=${builddir:-$PWD}
work=$(mktemp -d) || exit 99
failed=0
export DOUDI_TODAY=2026-11-28

clean() {
    for process in /proc/[0-9]*; do
        case $({ tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null) in
        *"doudid --home $work/demo "*) kill "${process#/proc/}" ;;
        esac
    done
    rm -rf "$work"
}
trap clean EXIT

complain() {
    echo "$*"
    failed=1
}
demo() { "$build/doudi" --home "$work/demo" "$@"; }

demo demo --area 211103001 --cases 60 --months 2 --seed 1 >/dev/null || exit 99
mkfifo "$work/pipe"
exec 4<>"$work/pipe" 5>"$work/pipe" 4<&- # 5 is written to, and nobody reads

# cut STATUS PROGRAM…: into the pipe; full PROGRAM…: onto a full disk.
cut_off() {
    status=$1
    shift
    "$@" >&5 2>"$work/said"
    got=$?
    [ "$got" = "$status" ] || complain "$* into a closed pipe: ends with $got, not $status"
    grep -q '磁盘\|没有写完\|写不了' "$work/said" && complain "$* into a closed pipe: $(cat "$work/said")"
}
full() {
    "$@" >/dev/full 2>"$work/said"
    got=$?
    [ "$got" = 74 ] || complain "$* onto a full disk: ends with $got, not 74"
    grep -q '没有写完' "$work/said" || complain "$* onto a full disk: $(cat "$work/said")"
}
# shellcheck disable=SC2086 # the words of a command
for command in 'due --month 2026-11' 'due --month 2026-11 --json' 'due --month 2026-11 --format text' \
    'compliance --month 2026-10 --by village' 'why --month 2026-10 --area 211103001' roster 'roster --excel' \
    'suspicious --month 2026-10' 'statement 2026-10 --area 211103001' audit 'officer list' 'area list' status 'status --json' \
    'workday 2026-11-28 +3' 'draw --month 2026-10 --area 211103001 --share 30 --seed 7' verify --help 'due --help' --version; do
    case $command in
    'due --help') ;; # goes where messages go
    *)
        cut_off 141 demo $command
        full demo $command
        ;;
    esac
done
if [ -x "$build/doudi-feed" ]; then
    cut_off 141 demo feed --schema
    full demo feed --schema
fi

# What is not printed was no print; what was asked for besides is done.
before=$(demo audit --action print | wc -l)
cut_off 141 demo due --month 2026-11 --format text
[ "$(demo audit --action print | wc -l)" = "$before" ] || complain 'a print that nobody got is recorded'
printf '姓名,身份证号,村(社区),类别,风险等级,纳入日期\n陈试写,211103195001011017,世纪社区,独居,低,2026-11-02\n' >"$work/elders.csv"
cut_off 141 demo import tanfang "$work/elders.csv"
demo roster | grep -q 陈试写 || complain 'an import into a closed pipe is not done'
# A refusal keeps its status.
printf '姓名,身份证号,村(社区),类别,风险等级,纳入日期\n陈试错,1,世纪社区,独居,低,2026-11-02\n' >"$work/elders.csv"
demo import tanfang "$work/elders.csv" >&5 2>/dev/null
[ $? = 1 ] || complain 'refused rows do not end with 1'
# A reader that takes all is served.
[ "$(demo due --month 2026-11 | head -1 | cut -d, -f1)" = case_no ] || complain 'a pipe that is read'
exit $failed
