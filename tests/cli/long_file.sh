# A long file is answered while it is read; the answers are those of the file read whole, whatever the threads.
awk 'BEGIN { print "series,time,value"; for (i = 0; i < 2600; i++) for (k = 0; k < 30; k++)
     printf "s%04d,%d,%.1f\n", i * 37 % 2600, 1990 + k, (i * 31 + k * k * 17) % 97 + k / 5 }' >by_series.csv
{ sed 1q by_series.csv; sed 1d by_series.csv | sort -s -t, -k2,2n; } >by_time.csv
for format in csv jsonl text; do
    nf trend by_time.csv --format $format | cksum >whole
    for jobs in 1 3; do nf trend by_series.csv --format $format -j $jobs | cksum | cmp - whole; done
done
nf trend by_series.csv --format csv --adjust bh | cksum >streamed; nf trend by_time.csv --format csv --adjust bh | cksum | cmp - streamed
# A key that comes back at the very end, and a bad cell there: nothing was written before.
{ cat by_series.csv; echo s0000,2020,3; } >again.csv; nf trend again.csv --format csv | sed -n 2p
{ cat by_series.csv; echo s0000,2020,x; } >bad.csv; says trend bad.csv --format csv
nf trend by_series.csv --format csv | wc -l
