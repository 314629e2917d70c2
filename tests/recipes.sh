#!/bin/sh
# recipes.sh BUILD - the recipes in docs/ for R, Python and SQL print what is shown; 77 (skipped) where none can run.
root=$(cd "$(dirname "$0")/.." && pwd)
command -v python3 >/dev/null || { echo "recipes: skipped, no python3 here"; exit 77; }
grep -q -E 'NINEFOLD_SANITIZE:[A-Z]+=(ON|thread)' "$1/CMakeCache.txt" && { echo "recipes: skipped, a sanitized extension loads only into a sanitized program"; exit 77; }
exec python3 "$root/tests/shown.py" "$1" "$root/docs/recipes.md" "$root/docs/sql.md"
