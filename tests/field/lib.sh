# Used by every run.sh. DOUDI = program, S = source tree (for share/divisions-2111.csv), T = empty scratch folder.
: "${DOUDI:?program}" "${S:?source tree}"
: "${T:?empty folder}"
mkdir -p "$T"; H=$T/home; C=$(cd "$(dirname "$0")" && pwd); V=211102002005
unset DOUDI_HOME; export LC_ALL=C.UTF-8; n_bad=0; : > "$T/last"
home() { # TODAY [FIRST-MONTH]: a home of Panjin with officers of 胜利街道 (211102002) and 振兴街道 (211103001)
  export DOUDI_TODAY=$1
  trap 'rc=$?; untui; stop; exit $rc' EXIT
  "$DOUDI" --home "$H" init --area 2111 --divisions "$S/share/divisions-2111.csv" --first-month "${2:-${1%-*}}" >"$T/init.log" || exit 99
  for o in "1001 张敏 street 211102002" "1003 王街 street 211102002" "2001 李建军 chief 211102002" \
           "2002 陈负责 chief 211102002" "3001 吴村 village 211102002005" "4001 赵县 county 2111" \
           "1002 周街 street 211103001" "2003 钱负责 chief 211103001" "9001 审计 auditor 2111"; do
    set -- $o; "$DOUDI" --home "$H" officer add $1 --name $2 --role $3 --area $4 >>"$T/init.log" 2>&1; done; }
d() { "$DOUDI" --home "$H" --as "${AS:-1001}" "$@"; }
admin() { "$DOUDI" --home "$H" "$@"; }
show() { echo "\$ $*"; "$@" 2>&1 | tee "$T/last"; } # runs, shows, keeps in T/last
imp() { # KIND FILE [OPTIONS]: imports a copy that lies in T, so that refused.csv stays there
  local k=$1 f=$2 b; shift 2; b=$(basename "$f"); [ "$f" -ef "$T/$b" ] || cp "$f" "$T/$b"; rm -f "$T/$b.refused.csv"
  { echo "\$ doudi --as ${AS:-1001} import $k $b $*"; d import "$k" "$T/$b" "$@" 2>&1 | sed "s#$T/##g"; echo "rc=${PIPESTATUS[0]}"
    [ -f "$T/$b.refused.csv" ] && { echo "-- $b.refused.csv"; cat "$T/$b.refused.csv"; }; } > "$T/last" 2>&1
  cut -c1-700 "$T/last"; }
server() { # the process that serves this home
  local f
  grep -lsxzF -- "$H" /proc/[0-9]*/cmdline | while read -r f; do
    case "$({ tr '\0' ' ' < "$f"; } 2>/dev/null)" in *doudid\ --home\ "$H"\ *) f=${f#/proc/}; echo "${f%/cmdline}" ;; esac
  done; }
stop() { # ends this home's own server
  local p i
  for p in $(server); do
    kill "$p" 2>/dev/null
    for i in $(seq 400); do kill -0 "$p" 2>/dev/null || break; sleep 0.05; done
  done; }
day() { stop; export DOUDI_TODAY=$1; }
bundle() { # unpacks tonight's bundle into T/x
  rm -rf "$T/x" "$T/out"; mkdir -p "$T/x" "$T/out"; admin export --out "$T/out" >/dev/null 2>"$T/export.err" || cat "$T/export.err"
  tar -I zstd -xf "$T"/out/*.tar.zst -C "$T/x"; }
ok() { echo "ok     - $1"; }
bad() { echo "NOT OK - $1"; n_bad=$((n_bad+1)); }
has() { if grep -qF -- "$2" "${3:-$T/last}"; then ok "$1"; else bad "$1"; fi; }      # DESCRIPTION TEXT [FILE]
hasnt() { if grep -qF -- "$2" "${3:-$T/last}"; then bad "$1"; else ok "$1"; fi; }
accepted() { grep -oE '^rows [0-9]+ accepted [0-9]+' "$T/last" | awk '{print $4}'; }
refused_whole() { grep -qE '^rc=(65|64|66|1)$' "$T/last" && ! grep -qE 'accepted [1-9]' "$T/last"; }
finish() { [ "$n_bad" = 0 ] && exit 0; exit 1; }
# ---- full screen, through a private tmux server
tm() { tmux -S "$T/tmux" -f /dev/null "$@"; }
tui() {
  command -v tmux >/dev/null || { echo "tmux is not there: the screen is not looked at"; exit 77; }
  tm -u new-session -d -s s -x "${COLS:-80}" -y "${ROWS:-24}" env LC_ALL=C.UTF-8 DOUDI_TODAY="$DOUDI_TODAY" "$DOUDI" --home "$H" --as "$1"; sleep 1.2; }
k() { local x; for x in "$@"; do tm send-keys -t s "$x" 2>/dev/null; sleep "${KEYWAIT:-0.3}"; done; }
ty() { tm send-keys -t s -l "$1"; sleep 0.35; }
scr() { tm capture-pane -p -t s; }
untui() { tm kill-server 2>/dev/null; }
exit_case() { # NAME DATE REASON [ROW]: 查找, the ROW-th case, 办退出; ends on the home screen
  local i; k F3; ty "$1"; for ((i=1;i<${4:-1};i++)); do k Down; done; k Enter F8 C-u; ty "$2"; k Tab; ty "$3"; k Tab F2; sleep 0.5; scr > "$T/last"; tail -2 "$T/last" | head -1; k Escape Escape; }
