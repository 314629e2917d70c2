// trend_duckdb.cjs FILE: CPU seconds of DuckDB's regr_slope over the series of a long CSV, reading included, one thread.
const { DuckDBInstance } = require("@duckdb/node-api");
(async () => {
    const db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
    const start = process.cpuUsage();
    await db.runAndReadAll(`SELECT sum(b) FROM (SELECT series, regr_slope(value, time) AS b
                            FROM read_csv('${process.argv[2].replaceAll("'", "''")}') GROUP BY series)`);
    const spent = process.cpuUsage(start);
    console.log(((spent.user + spent.system) / 1e6).toFixed(3));
})();
