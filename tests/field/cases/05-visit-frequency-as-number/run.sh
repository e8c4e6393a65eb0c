#!/bin/bash
# DOUDI=program T=empty-folder [S=source tree] ./run.sh; exit status 0 = as expected
. "$(dirname "$0")/../../lib.sh"
home 2026-10-31
imp tanfang "$C/a.csv"
show d due --month 2026-10 --all
grep 频 "$T/last" | cut -d, -f4,9,10 > "$T/tiers"
for t in 频一,低,1 频二,高,4 频三,低,1 频四,高,4 频五,中,2; do has "$t" "$t" "$T/tiers"; done
finish
