#!/bin/sh
# Refuses an include that goes against the arrows between folders (doc/architecture.md), curses
# outside src/tui, and Berkeley DB outside db. An argument names the tree (default: $srcdir or .).

set -u
cd "${1:-${srcdir:-.}}" || exit 99

# folder: folders whose headers it may include, besides its own.
arrows='
base:
domain: base
forms: base
db: base
service: base domain forms db
wire: base
server: base domain forms service wire exchange
tui: base forms wire report exchange
report: base
exchange: base wire service
cli: base domain forms service wire server report exchange tui
manual: base domain service wire tui cli
'

# "file:line:include" of every include, quoted names and angle brackets alike.
includes() {
    find src forms db -name '*.[ch]' ! -name '*.pb-c.[ch]' -exec \
        grep -Hno '^[[:blank:]]*#[[:blank:]]*include[[:blank:]]*[<"][^>"]*[>"]' {} + |
        sed 's/:[[:blank:]]*#[[:blank:]]*include[[:blank:]]*/:/'
}

found=$(includes | awk -F: -v arrows="$arrows" '
    BEGIN {
        rows = split(arrows, row, "\n")
        for (i = 1; i <= rows; i++) {
            if (split(row[i], side, ":") < 2)
                continue
            known[side[1]] = 1
            allowed[side[1], side[1]] = 1
            count = split(side[2], others, " ")
            for (j = 1; j <= count; j++)
                allowed[side[1], others[j]] = 1
        }
    }
    function complain(why) {
        print $1 ":" $2 ": " $3 " " why
    }
    {
        folder = $1
        sub(/^src\//, "", folder)
        sub(/\/.*/, "", folder)
        name = substr($3, 2, length($3) - 2)
        target = name
        sub(/^src\//, "", target)
        sub(/\/.*/, "", target)
        if (!(folder in known))
            complain("stands in a folder without arrows")
        if ((target in known) && name ~ /\// && !((folder, target) in allowed))
            complain("is not allowed in " folder)
        if (name ~ /^(ncursesw?\/)?(n?curses|panel|form|menu|term)(_dll)?\.h$/ && folder != "tui")
            complain("belongs into src/tui only")
        if (name ~ /^db(_cxx)?\.h$/ && folder != "db")
            complain("belongs into db only")
        if (substr($3, 1, 1) == "\"" && name !~ /\// && name != "config.h")
            complain("is not written from the root")
    }') || exit 99

[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
