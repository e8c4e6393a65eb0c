#!/bin/sh
# The check of includes itself: a tree with one fault at a time must be refused.

set -u
check=${srcdir:-.}/tests/check-includes.sh
tree=$(mktemp -d) || exit 99
trap 'rm -rf "$tree"' EXIT
failed=0

# expect STATUS FILE INCLUDE
expect() {
    rm -rf "${tree:?}"/*
    mkdir -p "$tree/src/base" "$tree/src/tui/kit" "$tree/src/tui/app" "$tree/src/tui/form" \
        "$tree/src/tui/screens" "$tree/src/tui/attic" "$tree/src/domain" "$tree/src/cli" \
        "$tree/src/form" "$tree/db"
    printf '#include %s\n' "$3" >"$tree/$2"
    sh "$check" "$tree" >"$tree/out"
    status=$?
    if [ "$status" -ne "$1" ]; then
        echo "$2 with $3: $status instead of $1"
        failed=1
    fi
}

expect 0 src/domain/a.c '"base/str.h"'
expect 0 src/tui/kit/a.c '<curses.h>'
expect 0 src/tui/kit/a.c '<ncursesw/curses.h>'
expect 0 db/a.c '<db.h>'
expect 0 src/cli/a.c '"tui/tui.h"'
expect 0 src/base/a.c '<stdio.h>'
expect 0 src/base/a.c '"config.h"'
expect 1 src/base/a.c '"domain/duty.h"'
expect 1 src/domain/a.h '"db/store.h"'
expect 1 src/cli/a.c '"db/store.h"'
expect 1 src/cli/a.c '"src/db/store.h"'
expect 1 src/tui/a.c '"service/service.h"'
expect 1 src/form/a.c '"domain/duty.h"'
expect 1 src/cli/a.c '<curses.h>'
expect 1 src/base/a.c '<panel.h>'
expect 1 src/base/a.c '<db.h>'
expect 1 src/base/a.c '"str.h"'
# The rooms of src/tui: from the ground to the roof.
expect 0 src/tui/app/a.c '"tui/kit/table.h"'
expect 0 src/tui/app/a.c '"form/form.h"'
expect 0 src/tui/screens/a.c '"tui/form/form.h"'
expect 0 src/tui/a.c '"tui/screens/screens.h"'
expect 1 src/tui/kit/a.c '"tui/app/app.h"'
expect 1 src/tui/kit/a.c '"form/form.h"'
expect 1 src/tui/app/a.c '"tui/form/form.h"'
expect 1 src/tui/app/a.c '"tui/screens/login.h"'
expect 1 src/tui/app/a.c '"src/tui/screens/login.h"'
expect 1 src/tui/form/a.c '"tui/screens/due.h"'
expect 1 src/tui/screens/a.c '"tui/tui.h"'
expect 1 src/tui/screens/a.c '"tui/attic/a.h"'
expect 1 src/tui/attic/a.c '"base/str.h"'
expect 1 src/tui/app/a.c '<curses.h>'
expect 1 src/cli/a.c '"tui/app/app.h"'

# Arrows that make a circle are refused whatever is included.
sed 's|^tui/kit: base$|& tui/app|' "$check" >"$tree/circle.sh"
if sh "$tree/circle.sh" "$tree" >"$tree/out" || ! grep -q 'does not stand above' "$tree/out"; then
    echo 'a circle of rooms was not refused'
    failed=1
fi
exit "$failed"
