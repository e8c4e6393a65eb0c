#!/bin/sh
# doudi feed against a PostgreSQL of its own: rates by SQL are those of `doudi compliance`; only what has
# changed is touched; killed at any moment and run again it has the same rows; faulty bundles are refused
# whole; no password shows. DOUDI_FEED=long kills it more often.

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

# ---- homes and bundles

doudi() {
    home=$1
    shift
    "$builddir/doudi" --home "$work/$home" "$@"
}
# make_home NAME AREA CASES SEED
make_home() {
    doudi "$1" init --area "$2" --divisions "$srcdir/share/divisions-2111.csv" --first-month 2026-08 >"$work/log" 2>&1 &&
        doudi "$1" demo --cases "$3" --months 4 --seed "$4" --area "$2" >"$work/log" 2>&1 || {
        cat "$work/log"
        exit 99
    }
}
# export_bundle HOME [--full]: the path of its new bundle.
export_bundle() {
    home=$1
    shift
    doudi "$home" export --out "$work/$home-out" "$@" || exit 99
}
kind_of() {
    sql one "SELECT kind || coalesce(' on ' || base, '') FROM doudi.taken WHERE number = $1"
}

# Everything the database has, but when it was taken.
dump() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" <<'END'
SELECT format('SELECT %L; SELECT t.* FROM doudi.%I t ORDER BY t::text;', relname, relname) FROM pg_class
WHERE relnamespace = 'doudi'::regnamespace AND relkind = 'r' AND relname NOT IN ('taken', 'layout')
    AND relname NOT LIKE 'stage%' ORDER BY relname
\gexec
SELECT origin, number, manifest FROM doudi.taken ORDER BY 1, 2 DESC LIMIT 1;
END
}
# The same in short.
digest() {
    sql "$1" "SELECT relname, (xpath('/row/h/text()', query_to_xml(format(
        'SELECT count(*) || md5(string_agg(md5(t::text), chr(32) ORDER BY t::text)) AS h FROM doudi.%I t', relname),
        false, true, '')))[1] FROM pg_class WHERE relnamespace = 'doudi'::regnamespace AND relkind = 'r' ORDER BY 1"
}
touched() {
    sql "$1" "SELECT coalesce(touched -> '$2' ->> '$3', '0') FROM doudi.taken ORDER BY number DESC LIMIT 1"
}

# A case of each of the seven programmes that the demonstration does not have, children's visits, and months that
# are closed without them.
add_programmes() {
    mkdir "$work/ledgers"
    printf '姓名,身份证号,村(社区),补贴种类,残疾类别,残疾等级,起领月,残疾证号\n赵试补,211103197001011016,世纪社区,重度残疾人护理补贴,肢体,一级,2026-08,\n' >"$work/ledgers/liangbu.csv"
    printf '姓名,身份证号,村(社区),救助类型,困难原因,救助对象,家庭人口,审批权限,救助方式,发放方式,发放月,救助金额\n钱试临,211103196802021025,世纪社区,支出型,疾病,家庭,3,县区,现金,银行代发,2026-10,2000\n' >"$work/ledgers/linshi.csv"
    printf '姓名,身份证号,村(社区),与户主关系,家庭月收入,起始月,是否保障\n孙试边,211103196603031036,世纪社区,户主,1500,2026-08,是\n' >"$work/ledgers/bianyuan.csv"
    printf '姓名,身份证号,村(社区),与户主关系,家庭月收入,起始月,是否保障,支出类别,支出金额\n李试刚,211103196504041044,世纪社区,户主,1800,2026-08,是,医疗,50000\n' >"$work/ledgers/gangxing.csv"
    printf '姓名,身份证号,村(社区),困境类别,起始月,监护人姓名,监护人电话\n周试困,211103201405051056,世纪社区,重病,2026-08,周大试,13800000000\n' >"$work/ledgers/kunjing.csv"
    printf '姓名,身份证号,村(社区),登记日期,父亲外出,母亲外出,监护人姓名\n吴试留,211103201506061069,世纪社区,2026-08-03,外出务工,外出务工,吴大试\n郑试留,211103201607071071,世纪社区,2026-09-01,外出务工,外出务工,郑大试\n' >"$work/ledgers/liushou.csv"
    printf '姓名,身份证号,村(社区),起始月\n王试高,211103193208081080,世纪社区,2026-08\n' >"$work/ledgers/gaoling.csv"
    printf '身份证号,探访日期,探访方式,探访结果,探访人\n211103201506061069,2026-08-10,上门,成功,试验\n211103201506061069,2026-09-11,电话,成功,试验\n211103201607071071,2026-09-12,上门,成功,试验\n211103201506061069,2026-10-12,上门,未遇,试验\n211103201607071071,2026-10-30,视频,成功,试验\n211103201506061069,2026-11-05,上门,成功,试验\n211103201405051056,2026-11-06,上门,成功,试验\n' >"$work/ledgers/visit.csv"
    for kind in $programmes visit; do
        doudi home import "$kind" "$work/ledgers/$kind.csv" >"$work/log" 2>&1
        grep -q ' refused 0$' "$work/log" || complain "$kind: $(cat "$work/log" "$work/ledgers/$kind.csv.refused.csv")"
    done
}

# ---- rates

# Boards as `doudi compliance` prints them: basis, month, level, kind of every line of stdin.
print_boards() {
    while read -r basis month level kind; do
        flag=
        [ "$basis" = known ] || flag=--as-reported
        echo "== $basis $month $level $kind"
        # shellcheck disable=SC2086
        doudi home compliance --month "$month" --by "$level" --kind "$kind" $flag 2>/dev/null | sed 1d
    done
}
print_rates() {
    while read -r basis month level kind; do
        echo "SELECT '== $basis $month $level $kind';"
        echo "SELECT r.area, n.name, owed, reached, fulfilled, pending, missed, excused, not_counted, attempted, late,
            rate FROM doudi.rates r LEFT JOIN doudi.area_names n USING (area) WHERE basis = '$basis'
            AND month = '$month-01' AND level = '$level' AND kind = '$kind' ORDER BY r.area;"
    done | psql -X -q -A -t -F , -d one
}
check_rates() {
    for month in 2026-08 2026-09 2026-10 2026-11; do
        for basis in known reported; do
            for board in village=tanfang village=tekun village=ertong village=liushou village=kunjing \
                street=tanfang county=tanfang street=liushou county=kunjing; do
                echo "$basis $month ${board%=*} ${board#*=}"
            done
        done
    done >"$work/boards"
    print_boards <"$work/boards" | awk -F, 'NF == 1 || $3 + $8 + $9 > 0' >"$work/wanted"
    print_rates <"$work/boards" | awk -F, 'NF == 1 || $3 + $8 + $9 > 0' >"$work/found"
    diff "$work/wanted" "$work/found" >"$work/diff" || complain "rates by SQL: $(head -20 "$work/diff")"
    [ "$(grep -c , "$work/wanted")" -ge 400 ] || complain "only $(grep -c , "$work/wanted") rates to compare"
    [ "$(sql one "SELECT count(*) FROM doudi.rates WHERE basis = 'reported' AND level = 'village'")" -ge 100 ] ||
        complain 'there are no closed months to compare'
    same 'rate of a county' "$(doudi home compliance --month 2026-10 --by county 2>/dev/null | sed -n '2s/.*,//p')" \
        "$(sql one "SELECT rate FROM doudi.rate_of('211103', '2026-10-15') WHERE basis = 'known'")"
    same 'rate by 12 digits' "$(sql one "SELECT rate FROM doudi.rate_of('211103', '2026-10-01') WHERE basis = 'known'")" \
        "$(sql one "SELECT rate FROM doudi.rate_of('211103000000', '2026-10-01') WHERE basis = 'known'")"
    same 'figures that differ from the sent ones' 0 "$(sql one 'SELECT count(*) FROM doudi.differences')"
    same 'owed by age' "$(sql one "SELECT sum(owed) FROM doudi.village_known WHERE kind = 'tanfang'")" \
        "$(sql one "SELECT sum(owed) FROM doudi.ages WHERE kind = 'tanfang'")"
    same 'months of the trend' 4 \
        "$(sql one "SELECT count(*) FROM doudi.trend WHERE basis = 'known' AND kind = 'tanfang' AND level = 'county'")"
    same 'columns without a comment' 0 "$(sql one "SELECT count(*) FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
        WHERE relnamespace = 'doudi'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND col_description(attrelid, attnum) IS NULL")"
}

# What the newer programmes have reaches the database whole, under words of their own.
check_programmes() {
    for kind in $programmes; do
        same "cases of $kind" "$(($(wc -l <"$work/ledgers/$kind.csv") - 1))" \
            "$(sql one "SELECT count(*) FROM doudi.cases WHERE kind = '$kind'")"
        same "roster of $kind" "$(doudi home roster --kind "$kind" 2>/dev/null | sed 1d | wc -l)" \
            "$(sql one "SELECT count(*) FROM doudi.cases WHERE kind = '$kind' AND state = 'active'")"
        same "name of $kind" 1 "$(sql one "SELECT count(*) FROM doudi.codes WHERE list = 'programme' AND value = '$kind'")"
    done
    same 'fields of cases without words' '' "$(sql one "SELECT DISTINCT kind || '.' || k FROM doudi.cases, jsonb_object_keys(fields) k
        WHERE NOT EXISTS (SELECT 1 FROM doudi.dictionary d WHERE d.file = 'cases.csv' AND d.programme = kind AND d.\"column\" = k)")"
    same 'fields of an emergency relief' '支出型 疾病 2000.00' "$(sql one "SELECT concat_ws(' ', fields ->> 'ls_kind',
        fields ->> 'cause', fields ->> 'amount') FROM doudi.cases WHERE kind = 'linshi' AND fields ->> 'amount' <> ''")"
    same 'a disabled person' '肢体 一级' "$(sql one "SELECT concat_ws(' ', p.fields ->> 'dis_type', p.fields ->> 'dis_grade')
        FROM doudi.persons p JOIN doudi.cases c USING (origin, person_id) WHERE c.kind = 'liangbu'")"
    same 'members of the households' 2 "$(sql one "SELECT count(*) FROM doudi.members m JOIN doudi.cases c USING (origin, case_id)
        WHERE c.kind IN ('bianyuan', 'gangxing')")"
    same 'months of a child left behind' 't 1/1 t 2/2 f 1/2 f 1/2' "$(sql one "SELECT string_agg(format('%s %s/%s',
        rate = 100, reached, owed), ' ' ORDER BY month) FROM doudi.rates WHERE kind = 'liushou' AND level = 'street'
        AND basis = 'known'")"
    same 'programmes with visits' 'ertong kunjing liushou tanfang tekun' "$(sql one "SELECT string_agg(DISTINCT kind, ' '
        ORDER BY kind) FROM doudi.village_known WHERE owed > 0")"
}

# ---- changes

check_changes() {
    # A visit, and nothing else.
    person=$(sql one "SELECT id_no FROM doudi.persons p JOIN doudi.duties d USING (origin, person_id)
        WHERE month = '2026-11-01' AND state = 'pending' AND kind = 'tanfang' AND type = 'visit' LIMIT 1")
    doudi home visit add --id "$person" --date 2026-11-22 --mode 上门 --result 成功 --by 试验 >"$work/log" 2>&1 ||
        complain "$(cat "$work/log")"
    second=$(export_bundle home)
    sql one 'CREATE TABLE before AS SELECT t.*, xmin::text AS x FROM doudi.duties t' || exit 99
    feed one "$work/home-out" >"$work/log" || complain "the second bundle: $(cat "$work/log")"
    same 'bundles in the second call' 2 "$(wc -l <"$work/log")"
    same 'the second bundle' 'delta on 1' "$(kind_of 2)"
    same 'visits that came' 1 "$(touched one visits inserted)"
    same 'duties that changed' 1 "$(touched one duties updated)"
    same 'duties that came' 0 "$(touched one duties inserted)"
    same 'persons that changed' 0 "$(touched one persons updated)"
    same 'rows that went' 0 "$(sql one 'SELECT deleted FROM doudi.taken WHERE number = 2')"
    same 'duties that were written again' 1 \
        "$(sql one 'SELECT count(*) FROM doudi.duties t WHERE NOT EXISTS (SELECT 1 FROM before b WHERE b.x = t.xmin::text)')"
    # People who come and go again.
    printf '姓名,身份证号,村(社区),纳入日期,风险等级,类别\n试来去,211103194001010028,世纪社区,2026-11-01,低,独居\n' >"$work/people.csv"
    doudi home import tanfang "$work/people.csv" >"$work/log" 2>&1
    grep -q 'accepted 1 ' "$work/log" || complain "$(cat "$work/log")"
    third=$(export_bundle home)
    batch=$(zstd -q -d -c "$third" | tar -x -O cases.csv | tail -1 | cut -d, -f13)
    feed one "$third" >"$work/log" || complain "the third: $(cat "$work/log")"
    same 'persons that came' 1 "$(touched one persons inserted)"
    doudi home import --undo "$batch" >"$work/log" 2>&1 || complain "$(cat "$work/log")"
    fourth=$(export_bundle home)
    feed one "$fourth" >"$work/log" || complain "the fourth: $(cat "$work/log")"
    same 'persons that went' 1 "$(touched one persons deleted)"
    same 'the fourth bundle' 'delta on 3' "$(kind_of 4)"
    new_database fresh
    feed fresh "$fourth" >"$work/log" 2>&1 && complain 'a delta was taken on nothing'
    grep -q '请先收它接着的全量包' "$work/log" || complain "a delta on nothing: $(cat "$work/log")"
    # A whole one after deltas: it takes their place by difference, and finds nothing to do but its own
    # traces.
    fifth=$(export_bundle home --full)
    feed one "$fifth" >"$work/log" || complain "the fifth: $(cat "$work/log")"
    same 'the fifth bundle' full "$(kind_of 5)"
    same 'rows that a whole bundle changed' 'events ' \
        "$(sql one "SELECT string_agg(k || ' ', '') FROM doudi.taken, jsonb_object_keys(touched) k WHERE number = 5")"
    feed fresh "$fifth" >"$work/log" || complain "the fifth alone: $(cat "$work/log")"
    dump one >"$work/one"
    dump fresh >"$work/fresh"
    diff "$work/one" "$work/fresh" >"$work/diff" || complain "five bundles are not what the last one is: $(head -5 "$work/diff")"
    feed one "$fourth" >"$work/log" || complain "again: $(cat "$work/log")"
    same 'a bundle that was taken' known "$(sed -n 2p "$work/log" | cut -d, -f5)"
    dump one >"$work/again"
    cmp -s "$work/one" "$work/again" || complain 'a bundle that had been taken changed something'
}

# ---- killed

# kill_often DATABASE BUNDLE TIMES [BEFORE [OPTION]]: kills a feed at TIMES moments, then lets it end.
kill_often() {
    new_database "measure_$1"
    [ -z "${4-}" ] || feed "measure_$1" "$4" >/dev/null
    start=$(date +%s%N)
    feed "measure_$1" ${5-} "$2" >/dev/null
    lasts=$((($(date +%s%N) - start) / 1000))
    killed=0
    for time in $(seq 1 "$3"); do
        "$builddir/doudi-feed" ${5-} "postgresql:///$1" "$2" >/dev/null 2>&1 &
        process=$!
        sleep "$(awk "BEGIN { print $lasts * $time / $3 / 1000000 }")"
        kill -9 $process 2>/dev/null && killed=$((killed + 1))
        wait $process 2>/dev/null
        [ "$(sql "$1" "SELECT coalesce(max(number), 0) FROM doudi.taken WHERE manifest = '$(hash_of "$2")'" 2>/dev/null || echo 0)" = 0 ] ||
            break
    done
    [ $killed -ge 2 ] || complain "killed only $killed times"
    feed "$1" ${5-} "$2" >"$work/log" || complain "after the kills: $(cat "$work/log")"
}
check_kills() {
    times=8
    [ "${DOUDI_FEED-}" != long ] || times=60
    new_database killed
    kill_often killed "$first" $times
    dump killed >"$work/killed"
    dump measure_killed >"$work/measure"
    cmp -s "$work/killed" "$work/measure" || complain 'the first bundle after kills is not what it is without'
    sql postgres 'DROP DATABASE measure_killed'
    new_database changed
    feed changed "$first" >/dev/null
    kill_often changed "$second" $times "$first"
    dump changed >"$work/killed"
    dump measure_changed >"$work/measure"
    cmp -s "$work/killed" "$work/measure" || complain 'the second bundle after kills is not what it is without'
    sql postgres 'DROP DATABASE measure_changed'
    # A whole bundle over an older one.
    new_database whole
    feed whole "$first" >/dev/null
    kill_often whole "$fifth" $times "$first" --after-gap
    dump whole >"$work/killed"
    cmp -s "$work/killed" "$work/fresh" || complain 'a whole bundle after kills is not what it is without'
    sql postgres 'DROP DATABASE measure_whole'
}

# ---- refused

# refused WHAT BUNDLE WORDS: the database stays as it is.
refused() {
    feed one "$2" >"$work/log" 2>"$work/words"
    same "$1: exit status" 65 $?
    grep -q "$3" "$work/words" || complain "$1: $(cat "$work/words")"
    [ "$(digest one)" = "$before" ] || complain "$1: something was taken"
}
# edited WHAT FILE SED WORDS: the sixth bundle with a file that was edited.
edited() {
    cp "$work/x/$2" "$work/kept"
    sed -i "$3" "$work/x/$2"
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")"
    refused "$1" "$work/bad.tar.zst" "$4"
    cp "$work/kept" "$work/x/$2"
}
check_refusals() {
    sixth=$(export_bundle home --full)
    seventh=$(export_bundle home)
    eighth=$(export_bundle home --full)
    before=$(digest one)
    unpack "$sixth" "$work/x"
    sed -n '/"name"/{N;s/.*"name":"\([^"]*\)",\n *"rows":\([0-9]*\).*/\1 \2/p}' "$work/x/manifest.json" |
        grep csv >"$work/x.rows"
    refused 'a gap' "$eighth" '缺第 6 至第 7 包'
    refused 'a delta after a gap' "$seventh" '缺第 6 包'
    refused 'an older one that was not taken' "$older" '内容与这一个不同'
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$second")"
    refused 'a broken chain' "$work/bad.tar.zst" '接的不是已收的第 5 包'
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")" 99
    refused 'an unknown format' "$work/bad.tar.zst" '请先升级'
    pack "$work/x" "$work/bad.tar.zst" 211103001000 6 ''
    refused 'a home within another' "$work/bad.tar.zst" '算两次'
    pack "$work/x" "$work/bad.tar.zst" 211100000000 6 ''
    refused 'a home around another' "$work/bad.tar.zst" '算两次'
    pack "$work/x" "$work/bad.tar.zst" '' 6 ''
    refused 'nobody' "$work/bad.tar.zst" '没有写是哪个区划的'
    head -c 20000 "$sixth" >"$work/bad.tar.zst"
    refused 'a cut bundle' "$work/bad.tar.zst" '读不出来'
    { head -c 20000 "$sixth"; printf 'XXXX'; tail -c +20005 "$sixth"; } >"$work/bad.tar.zst"
    refused 'a damaged bundle' "$work/bad.tar.zst" '没有收'
    echo 'no bundle' >"$work/bad.tar.zst"
    refused 'another file' "$work/bad.tar.zst" '不是报送包'
    edited 'an unknown column' duties.csv '1s/$/,extra/;2,$s/$/,/' '不认识的列'
    edited 'a column that is missing' duties.csv '1s/state/status/' '不认识的列\|没有 state'
    edited 'a column twice' duties.csv '1s/late/done/' '两列都叫'
    edited 'a state nobody knows' duties.csv '2s/,\(reached\|missed\|pending\),/,seen,/' '不是应访的状态'
    edited 'a date that is none' persons.csv '2s/,19[0-9-]*,/,1950-02-30,/' '不是日期'
    edited 'a month that is none' duties.csv '2s/^2026-../2026-13/' '不是月份'
    edited 'an id that is none' duties.csv '2s/,visit,/,visit,/;2s/^\([^,]*,[^,]*\),[0-9]*/\1,x/' '不是编号'
    edited 'a row of another area' duties.csv '2s/,2111030/,2111220/' '不在报送单位的区划里'
    edited 'a cell that must not be empty' duties.csv '2s/^[^,]*//' '是空的'
    edited 'a row too short' cases.csv '2s/,.*//' '列'
    edited 'a quotation mark' cases.csv '2s/^/"/' '引号'
    edited 'the same key twice' persons.csv "3s/^[0-9]*/$(sed -n '2s/,.*//p' "$work/x/persons.csv")/" '键相同'
    edited 'a row more than the manifest says' persons.csv '2p' '清单写的是\|键相同'
    edited 'no UTF-8' persons.csv '2s/,2111/\xff,2111/' 'UTF-8\|编号'
    echo 'a,b' >"$work/x/strange.csv"
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")"
    refused 'an unknown file' "$work/bad.tar.zst" '不认识的文件'
    rm "$work/x/strange.csv" "$work/x/visits.csv"
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")"
    refused 'a file that is missing' "$work/bad.tar.zst" '没有 visits.csv'
    # A cell that never ends does not fill the memory.
    unpack "$sixth" "$work/x"
    { head -1 "$work/x/areas.csv"; printf '"'; head -c 10000000 /dev/zero | tr '\0' a; } >"$work/long"
    mv "$work/long" "$work/x/areas.csv"
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")"
    refused 'a cell without an end' "$work/bad.tar.zst" '太长'
    check_faulty_deltas
    # With a gap, on demand: a whole bundle, no delta.
    feed one --after-gap "$seventh" >"$work/log" 2>&1 && complain 'a delta was taken after a gap'
    feed one --after-gap "$eighth" >"$work/log" 2>&1 || complain "after a gap: $(cat "$work/log")"
    before=$(digest one)
    refused 'an older one' "$sixth" '比已收的旧'
}

# The second bundle as if it came after the fifth, and with keys that are none.
check_faulty_deltas() {
    unpack "$second" "$work/x"
    sed -e 's/"number":2/"number":6/; s/"base":1/"base":5/' -e "s/\"previous\":\"[0-9a-f]*\"/\"previous\":\"$(hash_of "$fifth")\"/" \
        "$work/x/manifest.json" >"$work/manifest"
    mv "$work/manifest" "$work/x/manifest.json"
    (cd "$work/x" && tar -c -- *) | zstd -q -f -o "$work/bad.tar.zst"
    refused 'a delta on other rows' "$work/bad.tar.zst" '库里的数据被改动过'
    for key in 'persons.csv,x' 'persons.csv,1|2' 'strange.csv,1' 'duties.csv,2026-11|211103001001|1'; do
        echo "$key" >>"$work/x/removed.csv"
        sum=$(sha256sum <"$work/x/removed.csv" | cut -d' ' -f1)
        awk -v sum="$sum" -v rows="$(($(wc -l <"$work/x/removed.csv") - 1))" '
            /"name":/ { removed = /removed.csv/ }
            removed { sub(/"rows":[0-9]*/, "\"rows\":" rows); sub(/"sha256":"[0-9a-f]*"/, "\"sha256\":\"" sum "\"") }
            { print }' "$work/x/manifest.json" >"$work/manifest"
        mv "$work/manifest" "$work/x/manifest.json"
        (cd "$work/x" && tar -c -- *) | zstd -q -f -o "$work/bad.tar.zst"
        refused "removed.csv with $key" "$work/bad.tar.zst" 'removed.csv 里'
        sed -i '$d' "$work/x/removed.csv"
    done
}

# ---- homes beside each other, and the schema

check_others() {
    make_home other 211122 60 5
    theirs=$(export_bundle other)
    sql one "CREATE TABLE counts AS SELECT count(*) FROM doudi.duties"
    feed one "$theirs" "$eighth" >"$work/log" || complain "another home: $(cat "$work/log")"
    same 'homes' 2 "$(sql one 'SELECT count(DISTINCT origin) FROM doudi.duties')"
    same 'rows of the first home' "$(sql one 'SELECT count FROM counts')" \
        "$(sql one "SELECT count(*) FROM doudi.duties WHERE origin = '211103000000'")"
    # A table of an older version gets the column that it lacks, and the next bundle fills it.
    sql one 'DROP VIEW doudi.ages; ALTER TABLE doudi.persons DROP COLUMN birth CASCADE; UPDATE doudi.layout SET hash = 1'
    export_bundle home --full >/dev/null
    feed one "$work/home-out" >"$work/log" 2>&1 || complain "a folder with older bundles: $(cat "$work/log")"
    same 'older bundles of the folder' 2 "$(grep -c ',older,' "$work/log")"
    same 'births that came back' 0 \
        "$(sql one "SELECT count(*) FROM doudi.persons WHERE birth IS NULL AND origin = '211103000000'")"
    same 'the last bundle' 9 "$(sql one "SELECT number FROM doudi.latest WHERE origin = '211103000000'")"
}

# A stub of what Citus has: which tables are distributed, by what, beside which. It refuses what Citus
# does: a table that is none, or beside which none is distributed, and a key without the column. Stages are
# then tables that last; what the tables should hold lies beside them, what says which bundles were taken
# stays on the coordinator.
check_citus() {
    new_database citus
    sql citus "SET allow_system_table_mods = on;
        CREATE TABLE public.called (what text, by text, beside text);
        CREATE FUNCTION pg_catalog.create_distributed_table(regclass, text, colocate_with text DEFAULT 'default')
        RETURNS void LANGUAGE plpgsql AS 'BEGIN
            IF \$3 <> ''default'' AND NOT EXISTS (SELECT FROM public.called WHERE what = \$3) THEN
                RAISE ''% is not distributed'', \$3; END IF;
            IF EXISTS (SELECT FROM pg_index i WHERE indrelid = \$1 AND indisunique AND NOT EXISTS
                (SELECT FROM pg_attribute a WHERE attrelid = \$1 AND attname = \$2 AND attnum = ANY (indkey))) THEN
                RAISE ''a key of % lacks %'', \$1, \$2; END IF;
            IF (SELECT atttypid FROM pg_attribute WHERE attrelid = \$1 AND attname = \$2) <> ''text''::regtype THEN
                RAISE ''% of % is of another type'', \$2, \$1; END IF;
            INSERT INTO public.called VALUES (\$1::text, \$2, \$3);
        END'"
    feed citus "$first" "$second" "$third" "$fourth" "$fifth" >"$work/log" || complain "with Citus's function: $(cat "$work/log")"
    same 'distributed tables' "$((2 * $(zstd -q -d -c "$first" | tar -t | grep -c 'csv$') + 1))" \
        "$(sql citus "SELECT count(*) FROM called WHERE by = 'origin' AND (beside = 'doudi.persons' OR what = 'doudi.persons')")"
    same 'tables on the coordinator' layout,taken "$(sql citus "SELECT string_agg(tablename, ',' ORDER BY tablename)
        FROM pg_tables WHERE schemaname = 'doudi' AND NOT EXISTS (SELECT FROM called WHERE what = 'doudi.' || tablename)")"
    same 'where the sums are' origin,doudi.persons "$(sql citus "SELECT by || ',' || beside FROM called WHERE what = 'doudi.sums'")"
    dump citus >"$work/citus"
    cmp -s "$work/citus" "$work/fresh" || complain 'with lasting stages other rows are taken'
    same 'rows left in stages' 0 "$(sql citus 'SELECT count(*) FROM doudi.stage_duties')"
    unpack "$sixth" "$work/x"
    rm -f "$work/x.rows"
    sed -i 2p "$work/x/persons.csv"
    pack "$work/x" "$work/bad.tar.zst" 211103000000 6 "$(hash_of "$fifth")"
    feed citus "$work/bad.tar.zst" >"$work/log" 2>&1
    grep -q 'persons.csv：包里有两行的键相同' "$work/log" || complain "the same row twice: $(cat "$work/log")"
}

# ---- secrets

check_secrets() {
    for address in 'postgresql://feed:Geheim1@%2Ftmp/one' 'host=/tmp password=Geheim1' 'postgresql:///one?password=Geheim1'; do
        "$builddir/doudi" feed "$address" "$first" >"$work/log" 2>&1
        same "$address: exit status" 64 $?
        grep -q Geheim "$work/log" && complain "a message has the password"
    done
    sql one "CREATE ROLE keeper LOGIN PASSWORD 'Geheim1'; GRANT USAGE ON SCHEMA doudi TO keeper;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA doudi TO keeper"
    data=$work/postgresql/data
    { echo 'local all keeper scram-sha-256'; cat "$data/pg_hba.conf"; } >"$work/hba"
    cat "$work/hba" >"$data/pg_hba.conf"
    sql one 'SELECT pg_reload_conf()' >/dev/null
    tenth=$(export_bundle home)
    address=postgresql://keeper@/one
    PGPASSFILE=$work/nothing "$builddir/doudi" feed "$address" "$tenth" >"$work/log" 2>&1 </dev/null && complain 'no password was asked for'
    grep -q pgpass "$work/log" || complain "without a password: $(cat "$work/log")"
    echo '*:*:one:keeper:Geheim1' >"$work/pgpass"
    chmod 600 "$work/pgpass"
    # A role that may write rows and nothing else is enough once the tables are there.
    PGPASSFILE=$work/pgpass "$builddir/doudi" feed "$address" "$tenth" >"$work/log" 2>&1 &
    process=$!
    while kill -0 $process 2>/dev/null; do
        { tr '\0' ' ' <"/proc/$process/cmdline"; } 2>/dev/null
    done >"$work/shown"
    wait $process || complain "with a password file: $(cat "$work/log")"
    grep -q "$tenth" "$work/shown" || complain 'the process list was not looked at'
    grep -q Geheim "$work/shown" "$work/log" && complain 'a password shows'
    grep -v 'CREATE ROLE' "$sockets/log" | grep -q Geheim && complain "the server's log has a password"
}

began=$(date +%s)
make_home home 211103 300 3
programmes='liangbu linshi bianyuan gangxing kunjing liushou gaoling'
add_programmes
first=$(export_bundle home)
older=$work/older.tar.zst
start_postgresql fsync=off shared_buffers=32MB max_connections=20 autovacuum=off
new_database one
feed one "$first" >"$work/log" || complain "the first bundle: $(cat "$work/log")"
same 'rows that the first left out' 0 "$(sql one 'SELECT rows - inserted FROM doudi.taken')"
# The home's first bundle with another text.
unpack "$first" "$work/x"
pack "$work/x" "$older" 211103000000 1 ''
for part in rates programmes changes kills refusals others citus secrets; do
    check_$part
    echo "$part: $(($(date +%s) - began)) s since the start"
done
exit $failed
