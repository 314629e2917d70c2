#!/bin/sh
# shown.sh BUILD - the README and CONTRIBUTING show what the program prints; 77 (skipped) without python3.
root=$(cd "$(dirname "$0")/.." && pwd)
command -v python3 >/dev/null || { echo "shown: skipped, no python3 here"; exit 77; }
grep -q -E 'NINEFOLD_SANITIZE:[A-Z]+=(ON|thread)' "$1/CMakeCache.txt" && { echo "shown: skipped, sanitizers would speak between the lines"; exit 77; }
exec python3 "$root/tests/shown.py" "$1" "$root/README.md" "$root/README.zh.md" "$root/CONTRIBUTING.md" "$root/docs/cluster.md"
