-- Runs can be paused: one more status, and a request to stop says how the run is to end. SQLite cannot change a CHECK,
-- so the table is made anew; its counter is carried over, so that the number of a purged run stays unused.

CREATE TABLE run_next (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment_id INTEGER NOT NULL REFERENCES experiment(id),
  kind          TEXT NOT NULL,
  name          TEXT NOT NULL,
  status        TEXT NOT NULL
    CHECK (status IN ('queued','running','paused','done','failed','cancelled','interrupted')),
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
  -- The status in which a running job was asked to end.
  stop_asked    TEXT CHECK (stop_asked IN ('cancelled','paused')),
  -- The studio process that runs it, and until when its claim holds without a new heartbeat.
  owner         TEXT,
  lease_until   INTEGER,
  note          TEXT NOT NULL DEFAULT '',
  parameters    TEXT NOT NULL CHECK (json_valid(parameters)),
  versions      TEXT NOT NULL CHECK (json_valid(versions)),
  error         TEXT,
  result        TEXT CHECK (result IS NULL OR json_valid(result))
) STRICT;
INSERT INTO run_next
  SELECT id, experiment_id, kind, name, status, seed, created_at, started_at, ended_at, archived_at, trashed_at,
    fraction, message, remaining, CASE cancel_asked WHEN 0 THEN NULL ELSE 'cancelled' END,
    owner, lease_until, note, parameters, versions, error, result
  FROM run;
DELETE FROM sqlite_sequence WHERE name = 'run_next';
INSERT INTO sqlite_sequence(name, seq) SELECT 'run_next', seq FROM sqlite_sequence WHERE name = 'run';
DROP TABLE run;
ALTER TABLE run_next RENAME TO run;
CREATE INDEX run_by_experiment ON run(experiment_id);
CREATE INDEX run_by_status ON run(status, id);
