-- Foundation: one project, its experiments and runs, the summary table, the chunked series store, logs and artifacts.
-- Migrations are append-only: never edit this file once a release has shipped it.

CREATE TABLE project (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE experiment (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE COLLATE NOCASE,
  note       TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;

-- The long texts stand last, so that scans over the short columns never read their overflow pages.
-- AUTOINCREMENT: the number of a purged run is never given to another one.
CREATE TABLE run (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment_id INTEGER NOT NULL REFERENCES experiment(id),
  kind          TEXT NOT NULL,
  name          TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('queued','running','done','failed','cancelled','interrupted')),
  seed          INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  started_at    INTEGER,
  ended_at      INTEGER,
  archived_at   INTEGER,
  trashed_at    INTEGER,
  -- Progress of a running job: fraction 0..1, a message, and the estimate of milliseconds left.
  fraction      REAL,
  message       TEXT,
  remaining     REAL,
  cancel_asked  INTEGER NOT NULL DEFAULT 0,
  -- The studio process that runs it, and until when its claim holds without a new heartbeat.
  owner         TEXT,
  lease_until   INTEGER,
  note          TEXT NOT NULL DEFAULT '',
  parameters    TEXT NOT NULL CHECK (json_valid(parameters)),
  versions      TEXT NOT NULL CHECK (json_valid(versions)),
  error         TEXT,
  result        TEXT CHECK (result IS NULL OR json_valid(result))
) STRICT;
CREATE INDEX run_by_experiment ON run(experiment_id);
CREATE INDEX run_by_status ON run(status, id);

-- One row per parameter that has a value, so that columns sort and filter without parsing JSON.
-- number is NULL for words; Infinity is a number.
CREATE TABLE run_parameter (
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  key    TEXT NOT NULL,
  text   TEXT NOT NULL,
  number REAL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_parameter_by_key ON run_parameter(key, run_id, number, text);

CREATE TABLE run_tag (
  run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  tag    TEXT NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_tag_by_tag ON run_tag(tag, run_id);

CREATE TABLE metric (
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

-- The summary table: tables, sorting, filtering and scatter plots read this and never a point.
-- SQLite has no NaN: first and last are NULL when not finite and *_word then says which value it was.
CREATE TABLE series (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  metric_id  INTEGER NOT NULL REFERENCES metric(id),
  n          INTEGER NOT NULL,
  non_finite INTEGER NOT NULL,
  first_x    REAL NOT NULL,
  first      REAL,
  first_word TEXT,
  last_x     REAL NOT NULL,
  last       REAL,
  last_word  TEXT,
  min        REAL,
  min_x      REAL,
  max        REAL,
  max_x      REAL,
  UNIQUE (run_id, metric_id)
) STRICT;
-- Covers sorting and filtering by a metric: no row of the table is visited.
CREATE INDEX series_by_metric ON series(metric_id, run_id, last, last_word);

-- Points in the order they were reported, 2,048 to a chunk: little-endian float64. x is NULL where
-- x_i = x0 + i·dx holds exactly (dx is NULL elsewhere). low_x and high_x bound the chunk's x, which need not be monotone.
-- min and max are over the finite y, NULL where there is none; last is the last y, NULL for NaN.
-- pyramid: for each bucket of 64 points min, max, last (NaN for none) and, where x is stored, the bounds of x.
-- It stands before the points so that reading it does not walk through their overflow pages.
CREATE TABLE series_chunk (
  series_id  INTEGER NOT NULL REFERENCES series(id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  n          INTEGER NOT NULL,
  non_finite INTEGER NOT NULL,
  x0         REAL NOT NULL,
  dx         REAL,
  low_x      REAL NOT NULL,
  high_x     REAL NOT NULL,
  min        REAL,
  max        REAL,
  last       REAL,
  pyramid    BLOB NOT NULL,
  y          BLOB NOT NULL,
  x          BLOB,
  PRIMARY KEY (series_id, number)
) STRICT;

CREATE TABLE log_line (
  run_id   INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  level    TEXT NOT NULL CHECK (level IN ('info','warning','error')),
  text     TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;

-- The bytes live in artifacts/<run>/<file>; the row holds name, size and digest. Names differ by more than case, because
-- some file systems see no case.
CREATE TABLE artifact (
  id         INTEGER PRIMARY KEY,
  run_id     INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  name       TEXT NOT NULL COLLATE NOCASE,
  file       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (run_id, name)
) STRICT;
