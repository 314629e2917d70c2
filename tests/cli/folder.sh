# A folder loads file by file with a receipt each; data packages in folders of their own; what is no table is named.
cp -r "$data" samples; mkdir samples/later; at="--as-of 2026-11-22"
says load samples --published 2024-01-01 --format csv | cut -d, -f1-3,5-11
nf load samples --published 2024-01-01 --format csv 2>/dev/null | cut -d, -f1,9-12
nf trend INDPRO $at --method sen --format csv | cut -d, -f1,3,5,6
nf list loaders --format csv | cut -d, -f1 | paste -sd' '
says load --loader xlsx samples/README.md
says load --loader exel samples/hebei_published.csv
nf load --loader datapackage samples/traffic-i94/datapackage.json --dry-run --format csv 2>/dev/null | cut -d, -f2,3,5-9
printf 'series,time,value\na,2020,x\n' >samples/bad.csv
says load samples --published 2024-01-01 --format csv 2>&1 >receipts | tail -2; grep -c loaded receipts
mkdir empty; says load empty
