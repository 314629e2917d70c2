#!/bin/sh
# tidy.sh BUILD [FILE...] - clang-tidy over every C file of the layers and the front ends, or over FILEs, with the build's
# own flags.
build=$1
shift
src=$(cd "$(dirname "$0")/.." && pwd)
cd "$src" || exit 2
flags=$(mktemp -d)
trap 'rm -rf "$flags"' EXIT
# gcc's own flags that clang does not know would only be noise
sed -e 's/-fstack-clash-protection//g' "$build/compile_commands.json" >"$flags/compile_commands.json"
[ $# -gt 0 ] || set -- engine indicators datasets plots app
find "$@" -name '*.c' | sort |
    xargs -P 2 -n 8 clang-tidy -p "$flags" --quiet 2>/dev/null >"$flags/said"
if grep -qE '(warning|error):' "$flags/said"; then
    grep -E '(warning|error):' "$flags/said" | sort -u
    echo "tidy: $(grep -cE '(warning|error):' "$flags/said") findings"
    exit 1
fi
echo "tidy: nothing found"
