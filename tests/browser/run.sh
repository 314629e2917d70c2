#!/bin/sh
# run.sh GALLERY - the gallery's reports in real Chromium; 77 (skipped) where node, chromium or the npm packages are absent.
here=$(cd "$(dirname "$0")" && pwd)
command -v node >/dev/null || exit 77
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || exit 77
node "$here/page.mjs" || exit $?
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" "$work" >/dev/null || exit 1
for page in "$work"/report/index.html "$work"/report-zh/index.html; do
    node "$here/page.mjs" "$page" || exit $?
done
