#!/bin/sh
# libreoffice.sh BUILD - workbooks made by LibreOffice load as they were made, and ours show there what they hold; 77 without it.
root=$(cd "$(dirname "$0")/.." && pwd)
soffice=$(command -v soffice) && command -v python3 >/dev/null || { echo "libreoffice: skipped, no soffice or python3 here"; exit 77; }
exec python3 "$root/tests/libreoffice.py" "$1/ninefold" "$1/tests/books_gallery" "$soffice"
