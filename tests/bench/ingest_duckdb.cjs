// ingest_duckdb.cjs FILE DATABASE THREADS - CREATE TABLE AS read_csv; prints seconds of CPU, seconds, MB resident.
const { DuckDBInstance } = require('@duckdb/node-api')
const [file, database, threads] = process.argv.slice(2)
async function main() {
    const instance = await DuckDBInstance.create(database, { threads })
    const connection = await instance.connect()
    const cpu = process.cpuUsage(), begun = process.hrtime.bigint()
    await connection.run(`CREATE TABLE t AS SELECT * FROM read_csv('${file}')`)
    await connection.run('CHECKPOINT')
    const spent = process.cpuUsage(cpu), wall = Number(process.hrtime.bigint() - begun) / 1e9
    console.log(((spent.user + spent.system) / 1e6).toFixed(2), wall.toFixed(2),
                Math.round(process.resourceUsage().maxRSS / 1024))
}
main().catch(e => { console.error(e.message); process.exit(2) })
