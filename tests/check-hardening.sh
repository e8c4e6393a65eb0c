#!/bin/sh
# The programs that are installed are built hardened: position independent, addresses resolved and
# made read-only at the start, no executable stack, stack protector, checked libc calls.
# $programs: their paths in the build folder (Makefile).

set -u
cd "${builddir:?}" || exit 1
if ! command -v readelf >/dev/null; then
    echo 'readelf (binutils) is not there'
    exit 77
fi
failed=0

# demand PROGRAM WHAT PATTERN: readelf's output must have a line of the pattern.
demand() {
    grep -Eq -- "$3" "$elf" || {
        echo "$1: no $2"
        failed=1
    }
}

elf=$(mktemp)
trap 'rm -f "$elf"' EXIT
for program in ${programs:?}; do
    readelf --wide --file-header --segments --dynamic --dyn-syms "$program" >"$elf" || exit 1
    demand "$program" 'position independent code' '^ *Type: +DYN'
    demand "$program" 'mark of a position independent program' 'FLAGS_1.* PIE'
    demand "$program" 'RELRO segment' '^ *GNU_RELRO '
    demand "$program" 'binding at the start' 'FLAGS.* (BIND_)?NOW'
    demand "$program" 'stack that cannot be executed' '^ *GNU_STACK .* RW +0x'
    demand "$program" 'stack protector' '__stack_chk_fail'
    # The sanitizers have checks of their own, for which configure leaves these out.
    grep -Eq '__(asan|tsan|ubsan)_' "$elf" ||
        demand "$program" 'checked libc call (_FORTIFY_SOURCE; is it built with -O?)' '__[a-z]+_chk@'
done
exit "$failed"
