# A booted machine in a container (systemd-nspawn), for container_test.sh: the file system of this machine,
# or of $CONTAINER_TREE (a folder or a tar file), with a layer above it that is thrown away.
#
#   box_begin    makes the file system at $box/root, or ends the test with 77 and the reason
#   box_boot     boots it; box_halt, box_cut: shuts it down, cuts its power
#   box COMMAND  runs a command in it as root

skip() {
    echo "left out: $*"
    exit 77
}

# Without a tree of its own the box is like this machine: what runs here does not start there.
box_begin() {
    [ "$(id -u)" = 0 ] || skip 'only root can boot a container'
    ! grep -q __asan_init "${builddir:?}/doudid" || skip 'sanitizers look into processes as no unit may'
    command -v systemd-nspawn nsenter unshare >/dev/null || skip 'no systemd-nspawn (package systemd-container)'
    case ${systemdunitdir:?} in
    /usr/lib/systemd/system | /lib/systemd/system | /usr/local/lib/systemd/system) ;;
    *) skip "no systemd reads units in $systemdunitdir; configure --prefix=/usr" ;;
    esac
    # Mounts of the test are its own, and end with it.
    if [ "${BOX_OWN:-}" != yes ]; then
        BOX_OWN=yes exec unshare --mount --propagation private -- /bin/bash "$0" "$@"
        exit 99
    fi
    box=$(mktemp -d) || exit 99
    trap box_end EXIT
    trap 'exit 99' INT TERM
    lower=${CONTAINER_TREE:-/}
    if [ -f "$lower" ]; then
        mkdir "$box/tree" && tar -xf "$lower" -C "$box/tree" || exit 99
        lower=$box/tree
    fi
    mkdir "$box/layer" && mount -t tmpfs -o mode=755 layer "$box/layer" || skip 'no tmpfs can be mounted'
    mkdir "$box/layer/upper" "$box/layer/work" "$box/root" || exit 99
    mount -t overlay -o "lowerdir=$lower,upperdir=$box/layer/upper,workdir=$box/layer/work" box "$box/root" ||
        skip 'no overlay can be mounted'
    [ -x "$box/root/lib/systemd/systemd" ] || skip "$lower has no systemd"
    # In the layer above only: this machine keeps what it has.
    rm -rf "$box/root/etc/systemd/system"/*.wants "$box/root/etc/fstab" \
        "$box/root/var/lib/doudi" "$box/root/etc/doudi" "$box/root/etc/systemd/system"/doudi*
    : >"$box/root/etc/machine-id"
}

box_boot() {
    # So that a command line names the box; the kernel has no more than 64 characters for it.
    name=doudi-$(basename "$box" | tr -dc 'a-zA-Z0-9')
    systemd-nspawn --quiet --directory="$box/root" --machine="$name" --register=no --keep-unit \
        --private-network --console=pipe --boot </dev/null >>"$box/console" 2>&1 &
    nspawn=$!
    for try in $(seq 300); do
        leader=$(pgrep -P "$nspawn" | head -n 1)
        state=$([ -z "$leader" ] || box systemctl is-system-running 2>/dev/null)
        case $state in running | degraded) return ;; esac
        kill -0 "$nspawn" 2>/dev/null || break
        sleep 0.2
    done
    [ -n "${booted:-}" ] || { cat "$box/console"; skip "no container boots here (${state:-nothing}, try $try)"; }
    fail "did not boot again: ${state:-nothing}"
}

box() {
    nsenter -t "$leader" -m -u -i -n -p -C -- env -i LC_ALL=C.UTF-8 \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

box_gone() {
    for try in $(seq 300); do
        kill -0 "$nspawn" 2>/dev/null || break
        [ "$try" -lt 300 ] || kill -KILL "$leader"
        sleep 0.1
    done
    wait "$nspawn" 2>/dev/null
    nspawn=
}

box_halt() {
    box systemctl --no-block poweroff
    box_gone
}

box_cut() {
    kill -KILL "$leader"
    box_gone
}

box_end() {
    [ -z "${nspawn:-}" ] || box_cut
    umount "$box/root" "$box/layer" 2>/dev/null
    rm -rf --one-file-system "$box"
}
