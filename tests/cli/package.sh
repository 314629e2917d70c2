# Constraints of a data package: enum, pattern and unique refuse the package at the cell.
package() {
    printf '{"resources":[{"name":"t","path":"t.csv","schema":{"fields":[{"name":"series"%s},{"name":"time"%s},{"name":"value"%s}]}}]}' \
        "$1" "$2" "$3" >datapackage.json
    says load datapackage.json --dry-run --published 2024-01-01 --format csv 2>&1 | grep -v ^file
}
printf 'series,time,value\na.1,2020,1\na.2,2021,2\na.2,2022,NA\n' >t.csv
package ',"constraints":{"enum":["a.1","a.2"],"pattern":"a\\.\\d"}' ',"constraints":{"unique":true,"pattern":"20[0-9]+"}' ',"constraints":{"enum":[1,2]}'
package ',"constraints":{"enum":["a.1"]}'
package ',"constraints":{"pattern":"a\\.1"}'
package '' '' ',"constraints":{"enum":[1]}'
package ',"constraints":{"unique":true}'
package ',"constraints":{"pattern":"(a{99}){99}"}'
# A table may be a link inside the package; a link that leads out is refused, and nobody waits for a pipe.
mkdir leads fifo in
ln -s ../t.csv leads/l.csv && mkfifo fifo/l.csv && cp t.csv in/ && ln -s t.csv in/l.csv
for d in leads fifo in; do
    printf '{"resources":[{"name":"t","path":"l.csv","schema":{"fields":[{"name":"series"},{"name":"time"},{"name":"value"}]}}]}' >$d/datapackage.json
    says load $d/datapackage.json --dry-run --published 2024-01-01 --format csv 2>&1 | grep -v ^file
done
