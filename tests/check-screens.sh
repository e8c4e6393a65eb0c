#!/bin/sh
# Every screen is in the list of screens.c, so that the manual has its keys and tests walk them. Left
# out is the curtain of login.c, which is never on top.

set -u
cd "${srcdir:-.}/src/tui" || exit 99

defined=$(grep -rhoE 'struct screen_ops [A-Z_]+_OPS = \{' --include='*.c' . | awk '{print $3}' |
    grep -v '^CURTAIN_OPS$' | sort)
listed=$(grep -oE '^ +&[A-Z_]+_OPS,$' screens/screens.c | tr -d ' &,' | sort)

[ -n "$defined" ] || exit 99
[ "$defined" = "$listed" ] && exit 0
printf 'Screens:\n%s\nIn the list of screens.c:\n%s\n' "$defined" "$listed"
exit 1
