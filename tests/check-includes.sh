#!/bin/sh
# Refuses an include that goes against the arrows between folders (doc/architecture.md), curses
# outside src/tui/kit, and Berkeley DB outside db. An argument names the tree (default: $srcdir or .).

set -u
cd "${1:-${srcdir:-.}}" || exit 99

# folder: folders whose headers it may include, besides its own. Those stand above it, so that no
# circle can be written. A room of a folder is a folder of its own, and so is a file that has a row.
arrows='
base:
domain: base
form: base
db: base
wire: base
report: base
exchange: base wire
service: base domain form db
service/memory: base domain form db service
service/frame: base domain form db service service/memory
service/ledger: base domain form db service service/memory service/frame
service/cases: base domain form db service service/memory service/frame service/ledger
service/officers: base domain db service service/memory service/frame
service/lists: base domain form db service service/memory service/frame service/ledger service/cases service/officers
service/payroll: base domain form db service service/memory service/frame service/ledger service/cases
service/figures: base domain form db service service/memory service/frame service/ledger service/cases service/lists service/payroll
service/import: base domain form db service service/memory service/frame service/ledger service/cases
service/keeping: base domain form db service service/memory service/frame service/ledger service/cases service/officers service/lists service/payroll service/import
service/demo: base domain form db service service/memory service/frame service/ledger service/cases service/officers service/lists service/payroll service/keeping
service/life.c: base db form domain service service/memory service/frame service/ledger service/cases service/officers service/lists service/payroll service/figures service/keeping
bundle: base db domain exchange form report service service/memory service/frame service/ledger service/cases service/lists service/keeping
feed: base domain bundle exchange
server: base domain form service wire bundle service/memory service/frame service/ledger service/cases service/officers service/lists service/payroll service/figures service/import service/keeping service/demo
tui/kit: base
tui/app: base form wire report tui/kit
tui/form: base form wire tui/kit tui/app
tui/screens: base form wire exchange tui/kit tui/app tui/form
tui: base tui/app tui/screens
cli: base wire report exchange tui
manual: base service tui/kit tui/app tui/screens cli
'

# "file:line:include" of every include, quoted names and angle brackets alike.
includes() {
    find src db -name '*.[ch]' ! -name '*.pb-c.[ch]' -exec \
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
            top = side[1]
            sub(/\/.*/, "", top)
            ours[top] = 1
            count = split(side[2], others, " ")
            for (j = 1; j <= count; j++) {
                if (!(others[j] in known))
                    print "the row of " side[1] " names " others[j] ", which does not stand above it"
                allowed[side[1], others[j]] = 1
            }
        }
    }
    function complain(why) {
        print $1 ":" $2 ": " $3 " " why
    }
    # "tui/kit" of "src/tui/kit/term.h".
    function folder_of(path) {
        sub(/^src\//, "", path)
        if (!(path in known))
            sub(/\/[^\/]*$/, "", path)
        return path
    }
    {
        folder = folder_of($1)
        name = substr($3, 2, length($3) - 2)
        target = folder_of(name)
        top = target
        sub(/\/.*/, "", top)
        if (!(folder in known))
            complain("stands in a folder without arrows")
        if (name ~ /\// && (top in ours) && !((folder, target) in allowed))
            complain("is not allowed in " folder)
        if (name ~ /^(ncursesw?\/)?(n?curses|panel|form|menu|term)(_dll)?\.h$/ && folder != "tui/kit")
            complain("belongs into src/tui/kit only")
        if (name ~ /^db(_cxx)?\.h$/ && folder != "db")
            complain("belongs into db only")
        if (substr($3, 1, 1) == "\"" && name !~ /\// && name != "config.h")
            complain("is not written from the root")
    }') || exit 99

[ -z "$found" ] && exit 0
printf '%s\n' "$found"
exit 1
