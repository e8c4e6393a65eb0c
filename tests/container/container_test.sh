#!/bin/bash
# What an administrator does with the service, on a booted machine of its own: install, init, enable, use,
# stop, upgrade, change of the key, a mistake in a form, kills, reboot. In short form with `make check`,
# all of it with `make check-container`; left out with a word where no container can be booted.

set -u
. "${srcdir:?}/tests/container/box.sh"

box_begin "$@"
long=${DOUDI_CONTAINER:-short}
home=/var/lib/doudi

fail() {
    echo "FAILED at: ${part:-}: $*"
    [ -z "${nspawn:-}" ] || {
        box systemctl --no-pager --full status doudid.socket doudid.service
        box journalctl --no-pager -q -n 30 -u doudid.service -u doudid.socket
    }
    exit 1
}

part() {
    part=$*
    echo "$(date +%T) $*"
}

# expect STATUS WORDS COMMAND…: runs it and compares its exit status and what it prints.
expect() {
    local wanted=$1 words=$2 got=0
    shift 2
    output=$(box timeout 100 "$@" 2>&1 </dev/null) || got=$?
    [ "$got" = "$wanted" ] || fail "$*: exit $got, not $wanted
$output"
    case $output in *"$words"*) ;; *) fail "$*: does not say $words, but
$output" ;; esac
}

owner() { # STATUS WORDS ARGUMENTS…: a command of the account that owns the home
    local wanted=$1 words=$2
    shift 2
    expect "$wanted" "$words" runuser -u doudi -- doudi "$@"
}

# An officer has no terminal here, so that a service that answers asks in vain for the password.
officer_is_served() {
    expect 77 '没有终端，输不了密码' runuser -u boxzhang -- doudi --as 1001 officer list
    [ "$(box systemctl is-active doudid.service)" = active ] || fail 'the service is not active'
    expect 0 '正在服务 /var/lib/doudi' systemctl --no-pager status doudid.service
}

officer_is_told() { # STATUS WORDS
    expect "$1" "$2" runuser -u boxzhang -- doudi --as 1001 officer list
}

none_failed() {
    [ -z "$(box systemctl list-units --failed --plain --no-legend 'doudi*')" ] || fail 'a unit has failed'
}

main_pid() { box systemctl show -P MainPID doudid.service; }

install_programs() {
    "${make:-make}" -C "${builddir:?}" install DESTDIR="$box/root" >"$box/install" 2>&1 || {
        cat "$box/install"
        fail 'make install'
    }
}

part install
install_programs
box_boot
booted=yes
expect 0 '' systemd-sysusers
expect 0 '' systemctl daemon-reload
expect 0 '' useradd -G doudi boxzhang
expect 0 '' useradd boxwang
box sh -c 'command -v doudi doudid' >/dev/null || fail 'the programs are not in the path'

part 'init, and the units at once'
expect 0 '' install -d -o doudi -g doudi -m 0700 "$home"
owner 0 '一次性密码' init --area 211102 --divisions "${pkgdatadir:?}/divisions-2111.csv"
owner 0 '密码' officer add 1001 --name 张敏 --role street --area 211102002
expect 0 '' systemctl enable --now doudid.socket doudi-export.timer
owner 0 张敏 officer list
officer_is_served
owner 0 张敏 officer list
none_failed

part use
expect 77 '无权连接服务' runuser -u boxwang -- doudi --as 1001 officer list
expect 0 '' install -d -o doudi -g doudi -m 0700 /srv/backup
owner 0 '' backup /srv/backup/by-hand
owner 0 'verify ok' verify
expect 0 '' systemctl start doudi-export.service
expect 0 .tar.zst find "$home/export"
none_failed

part 'stop, and a command meanwhile'
expect 0 '' systemctl stop doudid.socket doudid.service
box test -e /run/doudi/doudi.sock && fail 'the socket stayed'
officer_is_told 69 '服务没有运行，请系统管理员启动它'
owner 0 张敏 officer list
officer_is_told 69 '服务没有运行'
expect 0 '' systemctl start doudid.socket
officer_is_served
none_failed

part 'a mistake in a form'
form=$pkgdatadir/forms/tanfang.yaml
box cp "$form" /root/form
box sed -i '5s/.*/tpyo: 1/' "$form"
expect 1 '' systemctl restart doudid.service
expect 3 '起不来：' systemctl --no-pager --full status doudid.service
expect 3 'tanfang.yaml:4：没有这个键：tpyo' systemctl --no-pager --full status doudid.service
for try in 1 2 3; do
    officer_is_told 65 '服务起不来：'
    officer_is_told 65 'tanfang.yaml:4：没有这个键：tpyo'
    owner 65 'tpyo' status
done
box cp /root/form "$form"
officer_is_served
none_failed

part 'kills'
for try in $([ "$long" = long ] && seq 20 || seq 6); do
    pid=$(main_pid)
    [ "$pid" != 0 ] || fail 'no process'
    box kill -KILL "$pid"
    officer_is_told 77 '没有终端'
done
officer_is_served
none_failed

if [ "$long" = long ]; then
    part 'a newer format, a lost home, another account'
    box cp "$home/db/FORMAT" /root/FORMAT
    box sed -i '1s/.*/doudi 99/' "$home/db/FORMAT"
    expect 1 '' systemctl restart doudid.service
    officer_is_told 65 '由更新版本的程序生成'
    box cp /root/FORMAT "$home/db/FORMAT"
    officer_is_served
    expect 0 '' systemctl stop doudid.service
    box mv "$home/db" "$home/db.away"
    officer_is_told 66 '里还没有数据，请先用 doudi init 建立'
    box mv "$home/db.away" "$home/db"
    officer_is_served
    expect 0 '' systemctl stop doudid.service
    box chown root "$home/db/person.db"
    officer_is_told 77 "$home/db/person.db 属于别的账号，请执行 chown -R doudi: $home"
    box chown -R doudi: "$home"
    officer_is_served
    none_failed

    part 'a server by hand has the home'
    expect 0 '' systemctl stop doudid.socket doudid.service
    box runuser -u doudi -- doudi server >/dev/null 2>&1 &
    by_hand=$!
    sleep 2
    expect 0 '' systemctl start doudid.socket
    box systemctl start --no-block doudid.service
    sleep 5
    expect 3 '正在等数据目录空出来：另一个服务正在使用' systemctl --no-pager --full status doudid.service
    officer_is_told 75 '数据正在维护，请过几分钟再试'
    owner 0 张敏 officer list
    box pkill -TERM -x doudid -u doudi --oldest
    wait "$by_hand"
    officer_is_served
    none_failed

    part upgrade
    owner 0 '' backup /srv/backup/upgrade
    expect 0 '' systemctl stop doudid.socket doudid.service
    owner 0 张敏 officer list
    install_programs
    expect 0 '' systemctl daemon-reload
    expect 0 '' systemctl start doudid.socket
    officer_is_served
    owner 0 'verify ok' verify

    part 'a change of the key'
    expect 0 '' install -d -m 0755 /etc/doudi
    box sh -c 'umask 077; head -c 33 /dev/urandom | base64 >/etc/doudi/doudi.key'
    expect 0 '' chown doudi /etc/doudi/doudi.key
    expect 0 '' systemctl stop doudid.socket doudid.service
    owner 0 张敏 officer list
    owner 0 '已用 /etc/doudi/doudi.key 重新加密' rekey --new-key-file /etc/doudi/doudi.key
    expect 0 '' systemctl start doudid.socket
    officer_is_served
    owner 0 'verify ok' verify
    box mv /etc/doudi/doudi.key /etc/doudi/away
    expect 1 '' systemctl restart doudid.service
    officer_is_told 66 '找不到密钥文件 /etc/doudi/doudi.key'
    box mv /etc/doudi/away /etc/doudi/doudi.key
    officer_is_served
    none_failed
fi

part reboot
box_halt
box_boot
officer_is_served
none_failed

part 'a power cut'
box_cut
box_boot
officer_is_served
owner 0 'verify ok' verify
owner 0 张敏 officer list
none_failed
