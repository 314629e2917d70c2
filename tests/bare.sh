#!/bin/sh
# bare.sh [ROOT] - the README's two commands in a fresh clone on a bare Debian 12 (debootstrap, minbase), with their times.
# Needs root and Debian's packages. ROOT keeps the bare system for another run; its clone is always new.
set -eu
src=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-$(mktemp -d)}
[ -x "$root/bin/sh" ] || debootstrap --variant=minbase bookworm "$root" >/dev/null
cp /etc/resolv.conf "$root/etc/resolv.conf"
rm -rf "$root/root/ninefold"
git clone -q "$src" "$root/root/ninefold"
mount -t proc proc "$root/proc" 2>/dev/null || true
mount -t sysfs sysfs "$root/sys" 2>/dev/null || true
mount -t devpts devpts "$root/dev/pts" 2>/dev/null || true
trap 'umount "$root/proc" "$root/sys" "$root/dev/pts" 2>/dev/null || true' EXIT
for command in demo test; do
    began=$(date +%s)
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root sh -c "cd /root/ninefold && ./bootstrap $command" || {
        echo "bare: ./bootstrap $command failed"; exit 1; }
    echo "bare: ./bootstrap $command passed in $(($(date +%s) - began)) s"
done
