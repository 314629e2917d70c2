# Thirty workbooks by one command with a receipt each; what is no figure is refused at its cell; out as a workbook and back.
mkdir received && "${bin%/*}/tests/books_gallery" received; at="--as-of 2026-11-22"
says load received --published 2024-05-01 --format csv >receipts 2>said; tail -1 receipts
grep -c '^received/.*\.xlsx,' receipts; grep -c ',loaded,' receipts; sed -n '2,5p' receipts | cut -d, -f1-9; grep refused receipts
grep -v left said; grep left said | head -2; grep -c left said
nf export --format csv $at >one.csv; wc -l <one.csv
nf export "text-1" $at --format csv; nf export "years-*" $at --format csv | head -4
nf export --format xlsx $at >all.xlsx; nf load all.xlsx -s again.db --format csv | cut -d, -f2,5,9
nf export --format csv -s again.db $at | cmp - one.csv && echo same figures
