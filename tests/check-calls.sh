#!/bin/sh
# Refuses two definitions of one global name, and a call against the order of rooms: reads which object of a library defines what another one
# needs. Rows as in check-includes.sh, from the ground to the roof; a folder stands for its files.

set -u
build=${builddir:-.}
source=${srcdir:-.}
failed=0

# upward LIBRARY ROOM…: calls from a room to one that stands behind it.
upward() {
    library=$1
    shift
    [ -f "$build/$library" ] || { echo "$library is not built"; return 1; }
    prefix=$(basename "$library" .a)_a-
    # An object whose source has moved away is nobody's.
    find "$build/src" -name "$prefix*.o" | sort | while IFS= read -r object; do
        path=${object#"$build"/}
        name=${path##*/"$prefix"}
        [ -f "$source/${path%/*}/${name%.o}.c" ] && echo "$object"
    done >"$scratch/objects"
    [ -s "$scratch/objects" ] || { echo "no objects of $library"; return 1; }
    xargs nm -A <"$scratch/objects" | awk -v rooms="$*" '
        BEGIN {
            count = split(rooms, room, " ")
            for (i = 1; i <= count; i++)
                rank[room[i]] = i
        }
        function room_of(path) {
            sub(/:.*/, "", path)
            sub(/.*\/src\//, "", path)
            name = path
            sub(/[^\/]*$/, "", path)
            sub(/\/$/, "", path)
            sub(/\/[^\/]*-/, "/", name)
            sub(/\.o$/, ".c", name)
            return (name in rank) ? name : path
        }
        NF >= 3 && $(NF - 1) ~ /^[TDBR]$/ { home[$NF] = room_of($1) }
        $(NF - 1) == "U" { used[++calls] = $NF; by[calls] = room_of($1) }
        END {
            for (place in home)
                if (!(home[place] in rank))
                    unknown[home[place]] = 1
            for (place in unknown)
                print place " has no place among the rooms"
            for (i = 1; i <= calls; i++)
                if ((used[i] in home) && rank[home[used[i]]] > rank[by[i]])
                    print by[i] " calls " used[i] "() of " home[used[i]]
        }' | sort -u >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

# twice: global names that two objects of the libraries define.
twice() {
    find "$build/src" "$build/db" -name 'lib*_a-*.o' | sort | while IFS= read -r object; do
        path=${object#"$build"/}
        name=${path##*/lib*_a-}
        [ -f "$source/${path%/*}/${name%.o}.c" ] && echo "$object"
    done | xargs nm -A | awk '$(NF - 1) ~ /^[TDBR]$/ {
        file = $1
        sub(/:.*/, "", file)
        if ($NF in first && first[$NF] != file)
            print $NF " is defined in " first[$NF] " and " file
        first[$NF] = file
    }' >"$scratch/found"
    cat "$scratch/found"
    [ ! -s "$scratch/found" ]
}

scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
upward libservice.a service service/memory service/frame service/ledger service/cases \
    service/officers service/lists service/import service/keeping service/demo service/life.c ||
    failed=1
upward libtui.a tui/kit tui/app tui/form tui/screens tui || failed=1
twice || failed=1
exit "$failed"
