#!/bin/sh
# doudi feed with sealed and signed bundles, and the sum by which a delta is checked: only the sender's own
# signature counts, nothing opened stays behind, and a database whose rows are not the sender's takes no delta.

set -u
# PostgreSQL runs as another account than root, which must reach its folder.
[ "$(id -u)" -ne 0 ] || export TMPDIR=/tmp
work=$(mktemp -d) || exit 99
. "${srcdir:?}/tests/feed/lib.sh"
trap 'stop_servers; stop_postgresql; rm -rf "$work"' EXIT
need_postgresql
failed=0
DOUDI_TODAY=2026-11-23
export DOUDI_TODAY

complain() {
    echo "NOT OK: $*"
    failed=1
}
# same WHAT WANTED FOUND
same() {
    [ "$2" = "$3" ] || complain "$1: wanted '$2', found '$3'"
}
doudi() {
    "$builddir/doudi" --home "$work/home" "$@" || exit 99
}
# make_keys NAME CN
make_keys() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 300 -subj "/CN=$2" -keyout "$work/$1.key" -out "$work/$1.pem" \
        2>"$work/log" || exit 99
}
# visit DAY BY NOTE: somebody is visited.
visit() {
    "$builddir/doudi" --home "$work/home" visit add --id "$person" --date "2026-11-$1" --mode 上门 --result 成功 --by "$2" \
        --note "$3" >"$work/log" 2>&1 || complain "a visit: $(cat "$work/log")"
}
# export_sealed [--full]
export_sealed() {
    doudi export --out "$work/out" --sign-with "$work/street.key" --sign-cert "$work/street.pem" \
        --seal-to "$work/county.pem" "$@"
}
# open_with_openssl SEALED PLAIN
open_with_openssl() {
    openssl cms -decrypt -inform DER -binary -in "$1" -recip "$work/county.pem" -inkey "$work/county.key" -out "$work/signed" &&
        openssl cms -verify -inform DER -binary -in "$work/signed" -CAfile "$work/street.pem" -purpose any -out "$2" \
            2>"$work/log" || complain "openssl does not open $1"
}
rows() {
    sql "$1" "SELECT relname, (xpath('/row/h/text()', query_to_xml(format(
        'SELECT count(*) || md5(string_agg(md5(t::text), chr(32) ORDER BY t::text)) AS h FROM doudi.%I t', relname),
        false, true, '')))[1] FROM pg_class WHERE relnamespace = 'doudi'::regnamespace AND relkind = 'r'
        AND relname NOT IN ('taken', 'layout') ORDER BY 1"
}
last() {
    sql "$1" 'SELECT coalesce(max(number), 0) FROM doudi.taken'
}
# refused WHAT DATABASE WORDS ARGUMENT…: the database stays as it is.
refused() {
    what=$1 database=$2 words=$3
    shift 3
    before=$(rows "$database")
    number=$(last "$database")
    feed "$database" "$@" >"$work/out.csv" 2>"$work/words" && complain "$what: was taken"
    grep -q "$words" "$work/words" || complain "$what: $(cat "$work/words")"
    same "$what: the last bundle" "$number" "$(last "$database")"
    [ "$(rows "$database")" = "$before" ] || complain "$what: something was taken"
}

# ---- opened

check_opening() {
    # The tables are there, without a row.
    refused 'without a key' one '收的时候加 --unseal-with' "$first"
    refused 'a foreign key' one '不是用本单位的证书密封的' --unseal-with "$work/other.both" "$first"
    refused 'nobody is trusted' one '收的时候加 --trust' --unseal-with "$work/county.both" "$first"
    refused 'a key that is not there' one '打不开' --unseal-with "$work/none" "$first"
    mkdir "$work/trusted"
    cp "$work/other.pem" "$work/trusted/211103000000.pem"
    refused 'signed by another' one '不在受信任的证书之列' --unseal-with "$work/county.both" --trust "$work/trusted" "$first"
    # Known, but as the sender of another area.
    cp "$work/street.pem" "$work/trusted/211122000000.pem"
    refused 'signed by a neighbour' one '不在受信任的证书之列' --unseal-with "$work/county.both" --trust "$work/trusted" "$first"
    rm "$work/trusted/211103000000.pem"
    refused 'no certificate of the sender' one '没有这个单位的证书 211103000000.pem' --unseal-with "$work/county.both" \
        --trust "$work/trusted" "$first"
    cp "$work/street.pem" "$work/trusted/211103000000.pem"
    set -- --unseal-with "$work/county.both" --trust "$work/trusted"
    head -c 20000 "$first" >"$work/doudi-bad.tar.zst.cms"
    refused 'a cut one' one '没有收' "$@" "$work/doudi-bad.tar.zst.cms"
    { head -c 20000 "$first"; printf 'XXXX'; tail -c +20005 "$first"; } >"$work/doudi-bad.tar.zst.cms"
    refused 'a damaged one' one '拆不开封\|已损坏' "$@" "$work/doudi-bad.tar.zst.cms"
    refused 'an unsigned one' one '没有签名' "$@" "$work/plain-1"
    openssl cms -encrypt -binary -aes-256-cbc -outform DER -in "$work/plain-1" -out "$work/doudi-bad.tar.zst.cms" "$work/county.pem"
    refused 'sealed but not signed' one '没有签名' "$@" "$work/doudi-bad.tar.zst.cms"
    feed one "$@" "$work/out" >"$work/log" 2>&1 || complain "sealed ones: $(cat "$work/log")"
    same 'sealed ones that were taken' 2 "$(grep -c ',taken,' "$work/log")"
    same 'the last one' 2 "$(last one)"
    feed one "$@" "$work/out" "$first" >"$work/log" 2>&1 || complain "again: $(cat "$work/log")"
    same 'again' "$(basename "$first"),211103000000,1,2026-11-23,known,0,0,0," "$(sed -n 2p "$work/log")"
    feed plain "$work/plain-2" >"$work/log" 2>&1 || complain "opened by openssl: $(cat "$work/log")"
    [ "$(rows one)" = "$(rows plain)" ] || complain 'sealed ones give other rows than those that openssl opened'
    # Beside its sealed form the opened one is taken, or with certificates the signed one.
    cp "$work/plain-1" "${first%.cms}"
    new_database beside
    feed beside "$work/out" >"$work/log" 2>&1
    same 'opened beside sealed' 1 "$(last beside)"
    new_database signed
    feed signed "$@" "$work/out" >"$work/log" 2>&1 || complain "signed beside opened: $(cat "$work/log")"
    same 'signed beside opened' 2 "$(last signed)"
    rm "${first%.cms}"
}
check_killed() {
    for moment in 0.02 0.05 0.1 0.2; do
        "$builddir/doudi-feed" --unseal-with "$work/county.both" --trust "$work/trusted" postgresql:///one "$first" \
            >/dev/null 2>&1 &
        process=$!
        sleep $moment
        kill -9 $process 2>/dev/null
        wait $process 2>/dev/null
    done
    # One that was killed while it opened a bundle.
    mkdir -p "$TMPDIR/doudi-feed-abcdef"
    echo secret >"$TMPDIR/doudi-feed-abcdef/unsealed"
}

# ---- members that are none of a bundle

# pack_all [TAR OPTION…]: everything in $work/x.
pack_all() {
    (cd "$work/x" && tar -c "$@" -- *) | zstd -1 -q -f -o "$work/bad.tar.zst"
}
check_strange() {
    unpack "$work/plain-2" "$work/x"
    echo x >"$work/x/extra"
    for path in ../climbed.csv /tmp/doudi-climbed.csv a/b.csv; do
        pack_all -P --transform "s,^extra\$,$path,"
        refused "a path like $path" plain '带路径' "$work/bad.tar.zst"
    done
    rm "$work/x/extra"
    ln -s /etc/passwd "$work/x/link.csv"
    pack_all
    refused 'a link' plain '链接' "$work/bad.tar.zst"
    rm "$work/x/link.csv"
    truncate -s 300M "$work/x/large.csv"
    pack_all
    refused 'a bomb' plain '大得不像' "$work/bad.tar.zst"
    openssl cms -sign -binary -nodetach -outform DER -in "$work/bad.tar.zst" -signer "$work/street.pem" \
        -inkey "$work/street.key" -out "$work/bad.tar.zst.cms"
    refused 'a signed bomb' plain '大得不像' --trust "$work/trusted" "$work/bad.tar.zst.cms"
    mkfifo "$work/doudi-pipe.tar.zst"
    refused 'a pipe' plain '打不开' "$work/doudi-pipe.tar.zst"
    [ ! -e /tmp/doudi-climbed.csv ] && [ ! -e "$work/climbed.csv" ] || complain 'a file was written outside'
}

# ---- sums

# checked WHAT STATUS TABLE: what --check says of database one, and which table it names.
checked() {
    feed one --check >"$work/log" 2>"$work/words"
    same "--check, $1: exit status" "$2" $?
    same "--check, $1: tables" "$3" "$(sed -n 's/^[0-9]*,\([a-z_]*\),altered,.*/\1/p' "$work/log")"
    same "--check, $1: lines" "$(($(zstd -q -d -c "$work/plain-1" | tar -t | grep -c 'csv$') + 1))" "$(wc -l <"$work/log")"
}

# A home of texts that a database could change.
check_sums() {
    visit 22 "'=1+1|→\\" 'a=b|c\d→e "q", '"'-5"
    third=$(export_sealed)
    open_with_openssl "$third" "$work/plain-3"
    # By --check whatever was changed, in rows that no delta touches, too.
    checked 'before anything is changed' 0 ''
    for change in "persons SET name = name || '某'" "cases SET fields = fields || '{\"x\": \"y\"}'" "duties SET reached_on = '2026-11-01'" \
        "visits SET late = NOT late" "events SET at = at + INTERVAL '1 second'" "statement_rows SET row = row + 100000"; do
        table=${change%% *}
        sql one "CREATE TABLE kept AS SELECT * FROM doudi.$table;
            UPDATE doudi.$change WHERE ctid = (SELECT min(ctid) FROM doudi.$table)"
        checked "after $change" 65 "$table"
        # Without what is kept of the table, a delta reads all rows back.
        sql one "CREATE TABLE kept_sums AS SELECT * FROM doudi.sums; DELETE FROM doudi.sums WHERE name = '$table'"
        checked "nothing is kept of $table" 1 ''
        refused "after $change" one "$table 表的 [0-9]* 行与报送单位的内容不同" "$work/plain-3"
        sql one "DELETE FROM doudi.$table; INSERT INTO doudi.$table SELECT * FROM kept; DROP TABLE kept;
            DELETE FROM doudi.sums; INSERT INTO doudi.sums SELECT * FROM kept_sums; DROP TABLE kept_sums"
    done
    checked 'after all was put back' 0 ''
    # By a delta what is changed in its rows, and rows that are missing anywhere.
    sql one "CREATE TABLE kept AS SELECT * FROM doudi.duties; UPDATE doudi.duties SET need = need + 1"
    refused 'rows of the delta were changed' one 'duties 表的 [0-9]* 行与报送单位的内容不同' "$work/plain-3"
    sql one "DELETE FROM doudi.duties; INSERT INTO doudi.duties SELECT * FROM kept; DROP TABLE kept"
    sql one "DELETE FROM doudi.alarms; DELETE FROM doudi.events WHERE seq = 1"
    refused 'rows are missing' one 'events 表有 [0-9]* 行，报送单位有 [0-9]* 行' "$work/plain-3"
    # A full one says so and puts it right; the next delta goes on.
    sql one "UPDATE doudi.persons SET name = name || '某' WHERE ctid = (SELECT min(ctid) FROM doudi.persons)"
    export_sealed --full >"$work/path"
    open_with_openssl "$(cat "$work/path")" "$work/plain-4"
    refused 'a full one after a gap' one '中间缺第 3 包' "$work/plain-4"
    sql one "CREATE FUNCTION public.spoil() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.seq := NEW.seq + 1000; RETURN NEW; END';
        CREATE TRIGGER spoil BEFORE INSERT ON doudi.events FOR EACH ROW EXECUTE FUNCTION public.spoil()"
    refused 'a trigger changes rows' one 'events 表的 [0-9]* 行与报送单位的内容不同.*触发器' --after-gap "$work/plain-4"
    sql one 'DROP TRIGGER spoil ON doudi.events'
    feed one --after-gap "$work/plain-4" >"$work/log" 2>&1 || complain "a full one: $(cat "$work/log")"
    grep -q ',taken,.*persons、events、alarms 表被改动过' "$work/log" || complain "altered tables: $(cat "$work/log")"
    checked 'after the full one' 0 ''
    visit 23 '试验' ''
    export_sealed >"$work/path"
    open_with_openssl "$(cat "$work/path")" "$work/plain-5"
    feed one "$work/plain-5" >"$work/log" 2>&1 || complain "a delta after the full one: $(cat "$work/log")"
    checked 'after the last delta' 0 ''
    feed plain "$work/plain-3" "$work/plain-4" "$work/plain-5" >"$work/log" 2>&1 || complain "all of them: $(cat "$work/log")"
    [ "$(rows one)" = "$(rows plain)" ] || complain 'with a gap there are other rows than without'
    # Another sum in the manifest, and an older sender that has none of values.
    unpack "$work/plain-3" "$work/x"
    grep -q '"values":' "$work/x/manifest.json" || complain 'the manifest has no sum of values'
    cp "$work/x/manifest.json" "$work/manifest"
    new_database older
    feed older "$work/plain-1" "$work/plain-2" >"$work/log" 2>&1 || complain "$(cat "$work/log")"
    sed 's/"values":"./"values":"f/; s/"sum":"./"sum":"f/' "$work/manifest" >"$work/x/manifest.json"
    (cd "$work/x" && tar -c -- *) | zstd -q -f -o "$work/bad.tar.zst"
    refused 'another sum' older '各行的和不等' "$work/bad.tar.zst"
    sed 's/"values":"./"values":"x/' "$work/manifest" >"$work/x/manifest.json"
    (cd "$work/x" && tar -c -- *) | zstd -q -f -o "$work/bad.tar.zst"
    refused 'a sum that is none' older '写得不对' "$work/bad.tar.zst"
    tr -d '\n' <"$work/manifest" | sed 's/, *"values":"[0-9a-f]*"//g' >"$work/x/manifest.json"
    (cd "$work/x" && tar -c -- *) | zstd -q -f -o "$work/bad.tar.zst"
    feed older "$work/bad.tar.zst" >"$work/log" 2>&1 || complain "a delta of an older sender: $(cat "$work/log")"
}

TMPDIR=$work/tmp
export TMPDIR
mkdir "$TMPDIR"
make_keys county county
make_keys street street
make_keys other other
cat "$work/county.key" "$work/county.pem" >"$work/county.both"
cat "$work/other.key" "$work/other.pem" >"$work/other.both"
doudi init --area 211103 --divisions "$srcdir/share/divisions-2111.csv" --first-month 2026-10 >"$work/log" 2>&1
doudi demo --cases 80 --months 2 --seed 3 --area 211103 >"$work/log" 2>&1
start_postgresql fsync=off shared_buffers=32MB max_connections=20 autovacuum=off
new_database one
new_database plain
first=$(export_sealed)
open_with_openssl "$first" "$work/plain-1"
feed plain "$work/plain-1" >"$work/log" 2>&1 || complain "opened by openssl: $(cat "$work/log")"
person=$(sql plain "SELECT id_no FROM doudi.persons p JOIN doudi.duties d USING (origin, person_id) WHERE month = '2026-11-01'
    AND state = 'pending' AND kind = 'tanfang' AND type = 'visit' LIMIT 1")
visit 21 '试验' ''
second=$(export_sealed)
open_with_openssl "$second" "$work/plain-2"
feed one "$work/out" >"$work/log" 2>&1
for part in opening killed strange sums; do
    check_$part
done
same 'opened bundles that stay behind' '' "$(find "$TMPDIR" -mindepth 1)"
exit $failed
