-- How many runs of the project may compute at once on one machine; NULL: as many as the machine bears.
ALTER TABLE project ADD COLUMN runs_at_once INTEGER CHECK (runs_at_once >= 1);
