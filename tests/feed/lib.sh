# What the tests and the bench of doudi-feed share: a PostgreSQL of their own in $work, on a Unix socket
# alone, run by an ordinary account. $work must be there; $POSTGRESQL is the folder of its programs.

# Where there is no server nothing can be tested. Ends with 77.
need_postgresql() {
    for folder in "${POSTGRESQL-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
        [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && POSTGRESQL=$folder
    done
    [ -n "${POSTGRESQL-}" ] && [ -x "$POSTGRESQL/initdb" ] && command -v psql >/dev/null &&
        [ -x "$builddir/doudi-feed" ] && return
    echo 'PostgreSQL (server, psql) or doudi-feed is not there: left out'
    exit 77
}

as_user() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"
    else
        "$@"
    fi
}

# start_postgresql [SETTING…]: exports what psql and doudi-feed need to find it.
start_postgresql() {
    user=$(id -un)
    [ "$(id -u)" -ne 0 ] || user=$(id -un postgres 2>/dev/null || echo nobody)
    # A socket's path may have some hundred bytes, and nobody else may reach it.
    sockets=$(mktemp -d /tmp/doudi-feed.XXXXXX)
    mkdir "$work/postgresql"
    [ "$(id -u)" -ne 0 ] || chown "$user" "$sockets" "$work/postgresql"
    [ "$(id -u)" -ne 0 ] || chmod 711 "$work"
    as_user "$POSTGRESQL/initdb" -D "$work/postgresql/data" -U feed -A trust -E UTF8 --no-locale \
        --no-sync >"$work/initdb.log" 2>&1 || {
        cat "$work/initdb.log"
        exit 99
    }
    for setting in "listen_addresses=''" "unix_socket_directories='$sockets'" "$@"; do
        echo "$setting"
    done >>"$work/postgresql/data/postgresql.conf"
    as_user "$POSTGRESQL/pg_ctl" -D "$work/postgresql/data" -w -s -l "$sockets/log" start || exit 99
    PGHOST=$sockets PGUSER=feed PGDATABASE=postgres
    export PGHOST PGUSER PGDATABASE
}

stop_postgresql() {
    [ -z "${sockets-}" ] || {
        as_user "$POSTGRESQL/pg_ctl" -D "$work/postgresql/data" -s -m immediate stop
        rm -rf "$sockets"
    }
}

# sql DATABASE STATEMENT: its answer, cells with "|" between.
sql() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

# A database that is not there yet.
new_database() {
    sql postgres "CREATE DATABASE $1"
}

# feed DATABASE ARGUMENT…: the last line is for the log.
feed() {
    feed_database=$1
    shift
    "$builddir/doudi" feed "postgresql:///$feed_database" "$@"
}

# pack FOLDER BUNDLE AREA NUMBER PREVIOUS [FORMAT]: a bundle of the files in a folder. `rows` beside it
# has "name rows" of those whose lines are not their rows.
pack() {
    rm -f "$1/manifest.json" "$1/manifest.sha256"
    {
        printf '{"format":%s,"area":"%s","date":"2026-11-23","number":%s,"previous":"%s","files":[' \
            "${6:-2}" "$3" "$4" "$5"
        comma=
        for file in "$1"/*; do
            name=${file##*/}
            rows=$(sed -n "s/^$name //p" "$1.rows" 2>/dev/null)
            printf '%s{"name":"%s","rows":%s,"sha256":"%s"}' "$comma" "$name" \
                "${rows:-$(($(wc -l <"$file") - 1))}" "$(sha256sum <"$file" | cut -d' ' -f1)"
            comma=,
        done
        printf ']}\n'
    } >"$work/manifest.json"
    mv "$work/manifest.json" "$1/"
    (cd "$1" && tar -c -- *) | zstd -1 -q -f -o "$2"
}
unpack() {
    rm -rf "$2"
    mkdir "$2"
    zstd -q -d -c "$1" | tar -x -C "$2"
    rm -f "$2/manifest.sha256" # what is changed by hand has none
}
hash_of() {
    zstd -q -d -c "$1" | tar -x -O manifest.json | sha256sum | cut -d' ' -f1
}

# The servers that commands started for homes in $work end.
stop_servers() {
    for process in /proc/[0-9]*; do
        case $({ tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null) in
        *"doudid --home $work/"*) kill "${process#/proc/}" ;;
        esac
    done
}
