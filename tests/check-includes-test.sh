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
    mkdir -p "$tree/src/base" "$tree/src/tui" "$tree/src/domain" "$tree/src/cli" \
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
expect 0 src/tui/a.c '<curses.h>'
expect 0 src/tui/a.c '<ncursesw/curses.h>'
expect 0 db/a.c '<db.h>'
expect 0 src/cli/a.c '"tui/screen.h"'
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
exit "$failed"
