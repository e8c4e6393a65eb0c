#!/bin/bash
# Builds for 64-bit ARM in the build folder's aarch64/ and runs the unit tests in qemu. The libraries
# come from Debian's packages for it, unpacked there, not installed. Says why where it cannot.

set -eu
cd "${builddir:?}"
for tool in aarch64-linux-gnu-gcc qemu-aarch64-static mmdebstrap; do
    command -v "$tool" >/dev/null || {
        echo "check-aarch64: $tool is not there (gcc-aarch64-linux-gnu, qemu-user-static, mmdebstrap)" >&2
        exit 1
    }
done
mkdir -p aarch64
cd aarch64
if [ ! -e root.complete ]; then
    # What debian/control asks for building, as far as it is a library.
    packages=$(sed -n '/^Build-Depends/,/^[^ ]/s/^[^a-z]*\([a-z0-9.+-]*-dev\).*/\1/p' "${srcdir:?}/debian/control" |
        grep -v vterm | paste -sd,)
    rm -rf root
    # shellcheck disable=SC1091 # VERSION_CODENAME
    mmdebstrap --quiet --variant=extract --arch=arm64 --include="libc6-dev,$packages" \
        "$(. /etc/os-release && echo "$VERSION_CODENAME")" root || {
        echo 'check-aarch64: the libraries for ARM could not be fetched (network, mirror)' >&2
        exit 1
    }
    : >root.complete
fi

# Paths from here, for those of the sources may have blanks.
emulator='qemu-aarch64-static -L root'
[ -f Makefile ] || PKG_CONFIG_LIBDIR=root/usr/lib/aarch64-linux-gnu/pkgconfig:root/usr/share/pkgconfig \
    PKG_CONFIG_SYSROOT_DIR=root "${srcdir:?}/configure" -q --host=aarch64-linux-gnu \
    CC='aarch64-linux-gnu-gcc --sysroot=root' CFLAGS='-O1 -g' EMULATOR="$emulator"
make -j"$(nproc)"
# In the emulator a parent does not hear that exec() failed.
others=child_test
# Tests that start the program itself need a kernel that knows the emulator (binfmt_misc).
[ -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ] || others="$others doudid_test filetable_test nights_test spreadsheet_test bundle_test ingest_test waiting_test"
make -j"$(nproc)" check-unit UNIT_OTHERS="$others" LOG_COMPILER="$emulator"
echo "check-aarch64: passed (left out in the emulator: $others)"
