# What leaves the store: guarded cells, SDMX-CSV, a data package; and selections that match nothing.
cat >in.csv <<'END'
series,time,value,unit,status,published,place,source,licence
pm25@a,2023,41.5,µg/m3,,2024-01-31T00:00:00Z,Acity,Bureau A,CC-BY-4.0
pm25@a,2024,,µg/m3,confidential|not-available,2025-01-31T00:00:00Z,Acity,Bureau A,CC-BY-4.0
pm25@a,2024-01-01,1,,,2025-01-31T00:00:00Z,Acity,Bureau A,CC-BY-4.0
END
says load in.csv
sed -i '$d' in.csv
echo "'=cmd|calc,2024-01/P2M,0.30000000000000004,%,break|estimated,2025-01-31T00:00:00Z,Bcity,,"  >>in.csv
nf load in.csv --format csv 2>&1 | cut -d, -f2-12
says export
says export --sdmx
says --as-of 2025-06-30 export --package pk 'pm25@a'
cat pk/observations.csv pk/datapackage.json
nf -s two.db load pk/datapackage.json --format csv | cut -d, -f2-12
nf -s two.db export
says export --sdmx --package pk
says export --sdmx --format json
says export --where place=Acitty
says export --where place=Ccccccc 'pm25@a'
says trend in.csv --where unit=kg
says plot trend --where place=Acitty -o x.svg
echo "n,1.5,2" | sed '1i series,time,value' >n.csv
nf -s three.db load --published 2024 n.csv --format csv | cut -d, -f2-5
says -s three.db export --sdmx
