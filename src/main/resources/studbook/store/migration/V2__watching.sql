-- What people look at while a run goes and when it is over.

ALTER TABLE studbook.run
  ADD COLUMN retry_of bigint REFERENCES studbook.run,  -- the run whose failed horses this one asks for again
  ADD COLUMN rate double precision,                    -- requests a second it was planned with; Infinity = unlimited
  ADD COLUMN expected_requests bigint,                 -- as the plan estimated
  ADD COLUMN expected_seconds double precision,        -- NULL where nothing limits the rate
  ADD COLUMN settings text[] NOT NULL DEFAULT '{}',    -- NAME=value as it was told, never a secret
  ADD COLUMN horses_after bigint,                      -- the user's tables when it finished
  ADD COLUMN enriched_after bigint,
  ADD COLUMN pedigrees_after bigint,
  ADD COLUMN quality_before double precision,          -- data quality score, 0 to 100; NULL where no horse was enriched
  ADD COLUMN quality_after double precision;

-- What paused or stopped the run: credentials, api, api_limit, database, signal.
ALTER TABLE studbook.run_event ADD COLUMN cause text;

-- Fingerprint of the horse's row and pedigree as the outcome's commit left them.
ALTER TABLE studbook.ledger ADD COLUMN written uuid;

-- How a run goes, every second at first and every ten later, by each process that works on it.
CREATE TABLE studbook.sample (
  sample_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), -- of the process's choice: a sample is added once, however often it is sent
  run_id bigint NOT NULL REFERENCES studbook.run,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  worker_id uuid NOT NULL,
  millis integer NOT NULL,            -- since the process's sample before
  processed bigint NOT NULL,          -- of the run, all processes together
  failed bigint NOT NULL,
  per_second double precision NOT NULL, -- horses of the run over the last minutes
  remaining_seconds double precision, -- until it is done, where that can be told
  bound text NOT NULL,                -- what limits the rate just now
  sent integer NOT NULL,              -- requests of this process since its sample before
  throttled integer NOT NULL,         -- of these answered 429
  fullest integer NOT NULL            -- most requests that this process sent in any one second of it
);

CREATE INDEX sample_by_run ON studbook.sample (run_id, at);

-- What the answers held: fields that Studbook knows, and those that it does not.
CREATE TABLE studbook.field (
  run_id bigint NOT NULL REFERENCES studbook.run,
  endpoint text NOT NULL,
  field text NOT NULL,                -- as the API spells it, made printable
  known boolean NOT NULL,
  answers bigint NOT NULL,            -- in which it might have stood
  filled bigint NOT NULL,             -- in which it stood and was not blank
  PRIMARY KEY (run_id, endpoint, field)
);

-- One value for many: the same whenever all of them are the same. NULL and '' differ.
CREATE FUNCTION studbook.fingerprint(VARIADIC fields text[]) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT md5(fields::text)::uuid
$$;
