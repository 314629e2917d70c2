-- schema.sql - the tables of a store, format 2. Statements are separated by an empty line; opening a store compares
-- them with its own word for word, so nothing can hide in a file.
-- seal: a checksum over the other columns of the row. first, wide, last: store_chunk.h. What changed from format 1 to 2:
-- store_migrate.c.

CREATE TABLE store(id INTEGER PRIMARY KEY CHECK(id = 1), made_by TEXT NOT NULL, made_at INTEGER NOT NULL, series INTEGER NOT NULL, loads INTEGER NOT NULL, rejects INTEGER NOT NULL, plans INTEGER NOT NULL, entries INTEGER NOT NULL, judgements INTEGER NOT NULL, origins INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT

CREATE TABLE load(id INTEGER PRIMARY KEY, dataset TEXT NOT NULL, file TEXT NOT NULL, sha256 BLOB, bytes INTEGER NOT NULL, loader TEXT NOT NULL, mapping TEXT NOT NULL, options TEXT NOT NULL, program TEXT NOT NULL, loaded INTEGER NOT NULL, published_first INTEGER, published_last INTEGER, series INTEGER NOT NULL, rows INTEGER NOT NULL, added INTEGER NOT NULL, revised INTEGER NOT NULL, unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL, duplicates INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT

CREATE TABLE reject(load INTEGER NOT NULL REFERENCES load DEFERRABLE INITIALLY DEFERRED, line INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL, seal INTEGER NOT NULL) STRICT

-- Who said a figure, and where. Figures name a row by its id; 0 is nobody.

CREATE TABLE origin(id INTEGER PRIMARY KEY, publisher TEXT NOT NULL, document TEXT NOT NULL, seal INTEGER NOT NULL, UNIQUE(publisher, document)) STRICT

-- origin: that of every figure of the series there is or was; -1: they have several. data: the figures that hold now, as a chunk,
-- while they are few; NULL: they are in table chunk.

CREATE TABLE series(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, freq INTEGER NOT NULL, unit TEXT NOT NULL, place TEXT NOT NULL, quantity TEXT NOT NULL, title TEXT NOT NULL, title_zh TEXT NOT NULL, dataset TEXT NOT NULL, licence TEXT NOT NULL, synthetic INTEGER NOT NULL, origin INTEGER NOT NULL, figures INTEGER NOT NULL, past INTEGER NOT NULL, first INTEGER NOT NULL, wide INTEGER NOT NULL, last INTEGER NOT NULL, narrow INTEGER NOT NULL, known_first INTEGER NOT NULL, known INTEGER NOT NULL, data BLOB, seal INTEGER NOT NULL) STRICT

-- The figures that hold now: at most one for a period. known: the latest publication among them.

CREATE TABLE chunk(id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series DEFERRABLE INITIALLY DEFERRED, first INTEGER NOT NULL, wide INTEGER NOT NULL, last INTEGER NOT NULL, n INTEGER NOT NULL, known INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL) STRICT

CREATE UNIQUE INDEX chunk_at ON chunk(series, first, wide DESC)

-- The figures that held before: what a load replaced, never rewritten.

CREATE TABLE past(id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series DEFERRABLE INITIALLY DEFERRED, first INTEGER NOT NULL, wide INTEGER NOT NULL, last INTEGER NOT NULL, n INTEGER NOT NULL, known INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL) STRICT

CREATE INDEX past_at ON past(series, first)

-- A plan is kept whole at every `plan load`: one row per filled cell of its tables.

CREATE TABLE plan(id INTEGER PRIMARY KEY, code TEXT NOT NULL, folder TEXT NOT NULL, published INTEGER NOT NULL, loaded INTEGER NOT NULL, program TEXT NOT NULL, cells INTEGER NOT NULL, crc INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT

CREATE TABLE plan_cell(plan INTEGER NOT NULL REFERENCES plan, tab TEXT NOT NULL, row INTEGER NOT NULL, col TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(plan, tab, row, col)) STRICT, WITHOUT ROWID

CREATE TABLE ledger(id INTEGER PRIMARY KEY, task TEXT NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, note TEXT NOT NULL, evidence TEXT NOT NULL, seal INTEGER NOT NULL) STRICT

CREATE TRIGGER ledger_is_never_rewritten BEFORE UPDATE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END

CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger BEGIN SELECT raise(ABORT, 'the ledger is append-only'); END

CREATE TABLE judgement(id INTEGER PRIMARY KEY, indicator TEXT NOT NULL, verdict TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT

CREATE TRIGGER judgement_is_never_rewritten BEFORE UPDATE ON judgement BEGIN SELECT raise(ABORT, 'judgements are append-only'); END

CREATE TRIGGER judgement_is_never_shortened BEFORE DELETE ON judgement BEGIN SELECT raise(ABORT, 'judgements are append-only'); END
