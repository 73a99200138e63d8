-- The sweep: racecards read day by day, beside the ranges of the ledger.

ALTER TABLE studbook.worker
  ADD COLUMN racecards_rate double precision; -- of racecards alone; NULL = they pass the account's budget

-- A piece is a range of the ledger, a day of racecards, or what is remembered of racecards read before.
-- Its tally counts what was settled by it, whichever range the horse lies in.
ALTER TABLE studbook.piece
  ADD COLUMN kind text NOT NULL DEFAULT 'range' CHECK (kind IN ('range', 'known', 'day')),
  ADD COLUMN day date,
  ADD COLUMN retry_on_resume boolean NOT NULL DEFAULT false, -- a day that was not read is requested again when the run is resumed
  ALTER COLUMN first_id DROP NOT NULL,
  ALTER COLUMN last_id DROP NOT NULL,
  ADD CHECK (kind <> 'range' OR (first_id IS NOT NULL AND last_id IS NOT NULL)),
  ADD CHECK ((kind = 'day') = (day IS NOT NULL));

DROP INDEX studbook.piece_open;
CREATE INDEX piece_open ON studbook.piece (run_id, kind, piece_no) WHERE open;
CREATE INDEX piece_day ON studbook.piece (run_id) WHERE kind = 'day';

-- The days of racecards that a run came to an end with; the newest reading of each.
CREATE TABLE studbook.sweep_day (
  day date PRIMARY KEY,
  run_id bigint NOT NULL,
  read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome text NOT NULL CHECK (outcome IN ('read', 'refused', 'failed')),
  why text,                           -- of a day that was refused or failed
  requests integer NOT NULL,          -- sent for it, all its pages and attempts
  runners integer NOT NULL,
  brought integer NOT NULL            -- horses of the run that it settled
);

CREATE INDEX sweep_day_by_run ON studbook.sweep_day (run_id, read_at);

-- Runners that no run wanted when their racecard was read, in the form of a detailed profile: whoever is imported
-- later need not be asked for.
CREATE TABLE studbook.known_profile (
  horse_id varchar(50) COLLATE "C" PRIMARY KEY,
  day date NOT NULL,                  -- of the newest racecard
  name text,
  dob text,
  sex text,
  sex_code text,
  colour text,
  colour_code text,
  breeder text,
  sire_id text,
  sire text,
  dam_id text,
  dam text,
  damsire_id text,
  damsire text
);
