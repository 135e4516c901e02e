-- Milliseconds that jobs of the run took before it was resumed for the last time.
ALTER TABLE run ADD COLUMN earlier_ms INTEGER NOT NULL DEFAULT 0 CHECK (earlier_ms >= 0);
