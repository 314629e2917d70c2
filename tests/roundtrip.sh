#!/bin/sh
# roundtrip.sh BUILD - a store exported as csv, json, jsonl, xlsx, SDMX-CSV and data package, and taken back, is the same store.
root=$(cd "$(dirname "$0")/.." && pwd)
command -v python3 >/dev/null || { echo "roundtrip: skipped, no python3 here"; exit 77; }
exec python3 "$root/tests/roundtrip.py" "$1/ninefold"
