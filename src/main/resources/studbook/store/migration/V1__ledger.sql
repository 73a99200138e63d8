-- Studbook's own tables. Times are timestamptz; ids sort by their bytes, whatever the database's locale.

-- A process that works for Studbook. Alive = it runs, where the asking process can see it; elsewhere its heartbeat is fresh.
CREATE TABLE studbook.worker (
  worker_id uuid PRIMARY KEY,
  host text NOT NULL,
  process bigint NOT NULL,
  process_started text NOT NULL,      -- boot id / PID namespace / start since the boot: who can see it, and which one it is
  version text NOT NULL,
  account text NOT NULL,              -- key of the account's budget
  rate double precision NOT NULL,     -- requests a second; Infinity = unlimited
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- One backfill from plan to finish.
CREATE TABLE studbook.run (
  run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'finished', 'cancelled', 'superseded')),
  reason text,                        -- why it is paused, or ended otherwise than by finishing
  paused_until timestamptz,
  owner uuid NOT NULL REFERENCES studbook.worker,
  version text NOT NULL,
  total bigint NOT NULL DEFAULT 0,
  incomplete boolean NOT NULL DEFAULT false, -- takes horses that lack any field, fills blanks and overwrites nothing
  horses_before bigint NOT NULL,
  enriched_before bigint NOT NULL,
  pedigrees_before bigint NOT NULL,
  table_rules uuid,                   -- fingerprint of what the user's tables refused rows by when it was planned
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX run_at_most_one_under_way ON studbook.run ((true)) WHERE state IN ('running', 'paused');

-- What happened to a run, in words a person reads: planned, resumed, paused, stopped.
CREATE TABLE studbook.run_event (
  run_id bigint NOT NULL REFERENCES studbook.run,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  detail text,
  worker_id uuid
);

CREATE INDEX run_event_by_run ON studbook.run_event (run_id, at);

-- A row per horse and run. Its state changes once; no index may name the state, so that the change stays in the page (HOT).
CREATE TABLE studbook.ledger (
  run_id bigint NOT NULL,
  horse_id varchar(50) COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN
    ('pending', 'enriched', 'no_dob', 'basic', 'not_found', 'failed', 'already_filled', 'gone')),
  source text,                        -- the endpoint whose answer settled it
  kind text,                          -- why it failed
  status smallint,                    -- HTTP status of the last answer
  requests smallint,                  -- sent for this horse, those that were throttled too
  millis integer,                     -- from sending the last request to its whole answer
  with_pedigree boolean,
  message text,                       -- of a failure
  settled_at timestamptz,
  PRIMARY KEY (run_id, horse_id)
) WITH (fillfactor = 80);

-- A range of the ledger that one worker leases. A claim raises the token; every write carries it.
CREATE TABLE studbook.piece (
  run_id bigint NOT NULL REFERENCES studbook.run,
  piece_no integer NOT NULL,
  first_id varchar(50) COLLATE "C" NOT NULL,
  last_id varchar(50) COLLATE "C" NOT NULL,
  size integer NOT NULL,
  open boolean NOT NULL DEFAULT true,
  token integer NOT NULL DEFAULT 0,
  owner uuid,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  enriched integer NOT NULL DEFAULT 0,
  no_dob integer NOT NULL DEFAULT 0,
  basic integer NOT NULL DEFAULT 0,
  not_found integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  already_filled integer NOT NULL DEFAULT 0,
  gone integer NOT NULL DEFAULT 0,
  with_pedigree integer NOT NULL DEFAULT 0,
  requests integer NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, piece_no)
) WITH (fillfactor = 30);

CREATE INDEX piece_open ON studbook.piece (run_id, piece_no) WHERE open;

-- A heartbeat renews what its worker holds, and reads nothing else. The condition is spelled otherwise than that of piece_open,
-- which the planner would read whole where the statistics are those of a finished run.
CREATE INDEX piece_by_owner ON studbook.piece (owner) WHERE open IS NOT FALSE;

-- Everything that went wrong, also what healed: attempts without an answer, throttling, rejected values, refused rows.
CREATE TABLE studbook.error (
  error_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), -- of the process's choice: a row is added once, however often it is sent
  run_id bigint NOT NULL,
  horse_id varchar(50) COLLATE "C",
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL,
  endpoint text,
  status smallint,
  attempt smallint,
  millis integer,
  message text NOT NULL
);

CREATE INDEX error_by_run ON studbook.error (run_id, error_id);
CREATE INDEX error_by_horse ON studbook.error (horse_id);

-- What an account may send: one row that every request of every process passes.
CREATE TABLE studbook.budget (
  key text PRIMARY KEY,
  rate double precision NOT NULL,     -- requests a second; Infinity = unlimited
  n integer NOT NULL,                 -- slots in a window
  win interval NOT NULL,
  margin interval NOT NULL,           -- kept beside the window against arrivals that jitter
  least_margin interval NOT NULL DEFAULT '10 ms', -- where the margin ends when nothing arrives late
  not_before timestamptz NOT NULL,
  ring timestamptz[] NOT NULL,        -- the last n slots, oldest first
  claims bigint NOT NULL DEFAULT 0,   -- made so far; a process that made the last ones is alone
  epoch integer NOT NULL,             -- slots of an older epoch are dropped
  throttled timestamptz[] NOT NULL DEFAULT '{}',
  reduced_until timestamptz NOT NULL DEFAULT '-infinity',
  reduced_since timestamptz NOT NULL DEFAULT '-infinity'  -- of the latest lowering of the rate
) WITH (fillfactor = 10);

-- Half of a pair (a parent's id and name, a colour and its code) moves only with its partner, or into a pair that is all blank.
CREATE FUNCTION studbook.paired(new_half text, new_partner text, old_half text, old_partner text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN new_half IS NOT NULL AND new_partner IS NOT NULL THEN new_half
  WHEN COALESCE(old_half, '') COLLATE "C" = '' AND COALESCE(old_partner, '') COLLATE "C" = '' THEN COALESCE(new_half, old_half)
  ELSE old_half
END
$$;

-- The same where only blanks are filled: a value that is there stays. Half of a pair fills a blank if the other half agrees or is blank.
CREATE FUNCTION studbook.filled(new_half text, new_partner text, old_half text, old_partner text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN new_half IS NOT NULL AND COALESCE(old_half, '') COLLATE "C" = ''
    AND (COALESCE(old_partner, '') COLLATE "C" = '' OR lower(old_partner COLLATE "C") = lower(new_partner COLLATE "C")) THEN new_half
  ELSE old_half
END
$$;

-- A text as a client of UTF-8 can be sent it. A database of encoding SQL_ASCII keeps any bytes: what is no UTF-8 there is taken for Latin-1.
CREATE FUNCTION studbook.legible(kept text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN getdatabaseencoding() <> 'SQL_ASCII'
    OR kept COLLATE "C" ~ '^([\x01-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*$'
  THEN kept
  ELSE convert_from(convert(convert_to(kept, 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'SQL_ASCII')
END
$$;
