-- Studbook's own tables. Times are timestamptz. Horse ids sort by their bytes (COLLATE "C"), whatever the database's locale is.
-- A low fillfactor leaves room on each page for the new version of an updated row, so that the update stays on its page and no
-- index changes (HOT).

-- One row per process. A process is alive if it can be seen to run on this machine; on another machine, if its heartbeat is recent.
CREATE TABLE studbook.worker (
  worker_id uuid PRIMARY KEY,
  host text NOT NULL,
  pid bigint NOT NULL,
  pid_start text NOT NULL,            -- boot id / PID namespace / start since boot: tells a process from a later one with the same pid
  version text NOT NULL,
  account_key text NOT NULL,          -- rate_limit.key of its API account
  rate double precision NOT NULL,     -- requests per second; Infinity = unlimited
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- -infinity = it has ended
  racecards_rate double precision,    -- requests per second for racecards alone; NULL = they count towards the account's rate limit
  run_id bigint,                      -- the run it works on; NULL while it waits for one
  request_count bigint NOT NULL DEFAULT 0,      -- sent for that run
  discarded_outcomes bigint NOT NULL DEFAULT 0, -- came after another worker had taken over the lease
  last_success_at timestamptz,        -- last successful API response; NULL while its requests fail
  stop_requested boolean NOT NULL DEFAULT false -- the process should leave its run and exit
) WITH (fillfactor = 50);

-- One backfill, refresh or generation of ancestors, from its plan to its end.
CREATE TABLE studbook.run (
  run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL DEFAULT 'backfill' CHECK (kind IN ('backfill', 'refresh', 'ancestors')),
  ancestor_generation smallint,       -- of the horses that a run of kind ancestors requests; 1 = sires and dams of the user's horses
  into_ra_horses boolean NOT NULL DEFAULT false, -- it stores them in the user's tables
  budget_share double precision,      -- of the rate that each of its processes uses at most; NULL = all of it
  state text NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'finished', 'cancelled', 'superseded')),
  reason text,                        -- of a pause, or of any end other than finished
  paused_until timestamptz,
  owner_worker_id uuid NOT NULL REFERENCES studbook.worker,
  version text NOT NULL,
  horse_count bigint NOT NULL DEFAULT 0,
  includes_incomplete boolean NOT NULL DEFAULT false, -- also takes horses that lack any field; fills blanks and overwrites nothing
  horses_before bigint NOT NULL,      -- the user's tables when the run was planned
  enriched_before bigint NOT NULL,
  pedigrees_before bigint NOT NULL,
  table_rules_fingerprint uuid,       -- of the constraints and triggers of the user's tables when the run was planned
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  retry_of_run_id bigint REFERENCES studbook.run, -- the run whose failed horses this one requests again
  rate double precision,              -- planned requests per second; Infinity = unlimited
  estimated_requests bigint,
  estimated_seconds double precision, -- NULL if nothing limits the rate
  settings text[] NOT NULL DEFAULT '{}', -- NAME=value as configured, never a secret
  horses_after bigint,                -- the user's tables when the run finished
  enriched_after bigint,
  pedigrees_after bigint,
  quality_before double precision,    -- data quality score, 0 to 100; NULL if no horse was enriched
  quality_after double precision,
  pause_cause text,                   -- of a paused run
  next_probe_at timestamptz,          -- when any one process may send the next probe of a pause
  probe_count integer NOT NULL DEFAULT 0, -- sent in this pause
  timeline text[],                    -- its spans of activity, kept when its events and samples are archived
  ledger_archived boolean NOT NULL DEFAULT false -- its work items are archived; its chunks are merged to one for each kind
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX run_one_active ON studbook.run ((true)) WHERE state IN ('running', 'paused');

-- The history of a run: planned, paused, resumed, stopped, restarted, finished.
CREATE TABLE studbook.run_event (
  run_id bigint NOT NULL REFERENCES studbook.run,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event text NOT NULL,
  detail text,
  worker_id uuid,
  cause text                          -- of a pause or a stop: credentials, api, api_limit, database, ...
);

CREATE INDEX run_event_by_run ON studbook.run_event (run_id, occurred_at);

-- One row per horse and run. Its state changes once. A completed row is up to two and a half times as wide as a pending one, so
-- 60 % of each page stays free for the update to be HOT. That also requires that no index contains a column that the update changes.
CREATE TABLE studbook.work_item (
  run_id bigint NOT NULL,
  horse_id varchar(50) COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN
    ('pending', 'enriched', 'no_dob', 'basic', 'not_found', 'failed', 'already_filled', 'missing')),
  endpoint text,                      -- whose response completed it: pro, standard, racecards, or cached for a cached profile
  error_kind text,                    -- of a failure
  http_status smallint,               -- of the last response
  request_count smallint,             -- sent for this horse, throttled ones included
  duration_ms integer,                -- of the last request, until its response was complete
  has_pedigree boolean,
  error_message text,                 -- of a failure
  completed_at timestamptz,
  row_fingerprint uuid,               -- of the horse's row and pedigree as committed with the outcome
  PRIMARY KEY (run_id, horse_id)
) WITH (fillfactor = 40);

-- A part of a run that one worker leases: a range of horses, one day of racecards, or the cached profiles.
-- Each acquisition increments the fencing token, and every write carries the token. The counters count what was completed
-- through this chunk, whichever range the horses belong to.
CREATE TABLE studbook.chunk (
  run_id bigint NOT NULL REFERENCES studbook.run,
  chunk_no integer NOT NULL,
  first_horse_id varchar(50) COLLATE "C",
  last_horse_id varchar(50) COLLATE "C",
  horse_count integer NOT NULL,
  open boolean NOT NULL DEFAULT true,
  fencing_token integer NOT NULL DEFAULT 0,
  owner_worker_id uuid,
  lease_expires_at timestamptz NOT NULL DEFAULT '-infinity',
  enriched integer NOT NULL DEFAULT 0,
  no_dob integer NOT NULL DEFAULT 0,
  basic integer NOT NULL DEFAULT 0,
  not_found integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  already_filled integer NOT NULL DEFAULT 0,
  missing integer NOT NULL DEFAULT 0,
  pedigrees integer NOT NULL DEFAULT 0,
  request_count integer NOT NULL DEFAULT 0,
  kind text NOT NULL DEFAULT 'horses' CHECK (kind IN ('horses', 'cached', 'racecard_day')),
  racecard_date date,
  retry_on_resume boolean NOT NULL DEFAULT false, -- a day that was not read; it is requested again when the run is restarted
  merged_chunks integer NOT NULL DEFAULT 1, -- chunks whose sums this row has: more than one only in an archived run
  PRIMARY KEY (run_id, chunk_no),
  CHECK (kind <> 'horses' OR (first_horse_id IS NOT NULL AND last_horse_id IS NOT NULL)),
  CHECK ((kind = 'racecard_day') = (racecard_date IS NOT NULL))
) WITH (fillfactor = 30);

CREATE INDEX chunk_open ON studbook.chunk (run_id, kind, chunk_no) WHERE open;
CREATE INDEX chunk_racecard_day ON studbook.chunk (run_id) WHERE kind = 'racecard_day';

-- For heartbeats, which renew the leases of one worker. "IS NOT FALSE" keeps the planner from using chunk_open instead, which it
-- would scan completely while its statistics are those of a finished run.
CREATE INDEX chunk_by_owner ON studbook.chunk (owner_worker_id) WHERE open IS NOT FALSE;

-- Every error, including those that a retry resolved: failed attempts, throttling, rejected values and rows.
CREATE TABLE studbook.error (
  error_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(), -- chosen by the process, so that a repeated insert adds nothing
  run_id bigint NOT NULL,
  horse_id varchar(50) COLLATE "C",
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind text NOT NULL,
  endpoint text,
  http_status smallint,
  attempt smallint,
  duration_ms integer,
  message text NOT NULL
);

CREATE INDEX error_by_run ON studbook.error (run_id, error_id);
CREATE INDEX error_by_horse ON studbook.error (horse_id);

-- The rate limit of an account: one row that every request of every process passes.
CREATE TABLE studbook.rate_limit (
  key text PRIMARY KEY,
  rate double precision NOT NULL,     -- requests per second; Infinity = unlimited
  max_permits integer NOT NULL,       -- in any window
  window_length interval NOT NULL,
  safety_margin interval NOT NULL,    -- added to the window, because requests arrive with jitter
  min_safety_margin interval NOT NULL DEFAULT '10 ms', -- lower bound of safety_margin, reached when nothing arrives late
  blocked_until timestamptz NOT NULL,
  recent_permits timestamptz[] NOT NULL, -- the last max_permits permits, oldest first
  acquire_count bigint NOT NULL DEFAULT 0, -- a process that made all recent acquisitions knows that it is alone
  generation integer NOT NULL,        -- permits of an older generation must not be used
  throttled_at timestamptz[] NOT NULL DEFAULT '{}', -- recent 429 responses
  reduced_until timestamptz NOT NULL DEFAULT '-infinity',
  reduced_at timestamptz NOT NULL DEFAULT '-infinity' -- when the rate was last reduced
) WITH (fillfactor = 10);

-- Throughput of a run, recorded by each of its processes: every second at first, every ten seconds later.
CREATE TABLE studbook.run_sample (
  sample_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), -- chosen by the process, so that a repeated insert adds nothing
  run_id bigint NOT NULL REFERENCES studbook.run,
  sampled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  worker_id uuid NOT NULL,
  interval_ms integer NOT NULL,       -- since the previous sample of this process
  horses_completed bigint NOT NULL,   -- of the run, by all processes
  horses_failed bigint NOT NULL,
  horses_per_second double precision NOT NULL, -- of the run, over the last minutes
  remaining_seconds double precision, -- until the run is finished; NULL if unknown
  bottleneck text NOT NULL,           -- what limits the throughput
  requests_sent integer NOT NULL,     -- by this process within the interval
  requests_throttled integer NOT NULL, -- of these, answered 429
  max_requests_per_second integer NOT NULL -- by this process in any one second of the interval
);

CREATE INDEX run_sample_by_run ON studbook.run_sample (run_id, sampled_at);

-- The fields of the API's responses that Studbook reads.
CREATE TABLE studbook.run_field (
  run_id bigint NOT NULL REFERENCES studbook.run,
  endpoint text NOT NULL,
  field text NOT NULL,                -- as the API spells it, made printable
  response_count bigint NOT NULL,     -- responses that could contain it
  filled_count bigint NOT NULL,       -- responses that contained it with a value that is not blank
  PRIMARY KEY (run_id, endpoint, field)
);

-- How the API's responses differ from what Studbook knows, over all runs; at most a thousand rows.
CREATE TABLE studbook.api_drift (
  endpoint text NOT NULL,             -- pro, standard, racecards
  path text NOT NULL,                 -- of the field, made printable
  kind text NOT NULL CHECK (kind IN ('unknown_field', 'missing_field', 'other_type', 'other_format', 'new_value')),
  detail text NOT NULL,               -- the JSON type or the new value; empty for the other kinds
  first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  occurrence_count bigint NOT NULL,   -- in profiles, or in runners of racecards
  example text NOT NULL,              -- of a value, shortened and made printable
  PRIMARY KEY (endpoint, path, kind, detail)
);

-- The racecard days that runs have completed; the latest result of each day.
CREATE TABLE studbook.racecard_day (
  racecard_date date PRIMARY KEY,
  run_id bigint NOT NULL,
  read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  status text NOT NULL CHECK (status IN ('read', 'rejected', 'failed')),
  error_message text,                 -- of a day that was rejected or failed
  request_count integer NOT NULL,     -- all pages and attempts
  runner_count integer NOT NULL,
  horses_completed integer NOT NULL   -- horses of the run
);

CREATE INDEX racecard_day_by_run ON studbook.racecard_day (run_id, read_at);

-- Profiles of runners that the run did not need when their racecard was read, so that horses imported later cost no request.
CREATE TABLE studbook.cached_profile (
  horse_id varchar(50) COLLATE "C" PRIMARY KEY,
  racecard_date date NOT NULL,        -- the latest
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

-- When each job of the service is due next: the table of db-scheduler, with the columns that it requires. A row per job.
CREATE TABLE studbook.scheduled_task (
  task_name text NOT NULL,            -- the job
  task_instance text NOT NULL,
  task_data bytea,                    -- JSON: the occurrence, and the schedule that it was computed from
  execution_time timestamptz NOT NULL, -- later than the occurrence if the job waits for a run
  picked boolean NOT NULL,            -- a process runs it
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,         -- of the process that runs it
  version bigint NOT NULL,            -- increases with each change; a process that was taken for dead changes nothing later
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
) WITH (fillfactor = 50);

-- Every occurrence of a job: when it was due, and what came of it.
CREATE TABLE studbook.job_occurrence (
  job text NOT NULL,
  due_at timestamptz NOT NULL,
  manual boolean NOT NULL DEFAULT false, -- started by a person, not by its schedule
  attempt integer NOT NULL DEFAULT 1, -- increases when the job is continued, or taken over from a process that died
  process text NOT NULL,              -- that runs or ran it
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,               -- NULL while it runs
  result text CHECK (result IN ('done', 'not_good', 'failed', 'partial', 'skipped', 'missed')),
  message text,                       -- for people
  PRIMARY KEY (job, due_at),
  CHECK ((ended_at IS NULL) = (result IS NULL))
) WITH (fillfactor = 50);

-- What a person has set for a job; the rest is in studbook.toml.
CREATE TABLE studbook.job_switch (
  job text PRIMARY KEY,
  disabled boolean NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Notifications by webhook and e-mail, one row for each receiver.
CREATE TABLE studbook.notification (
  notification_id uuid PRIMARY KEY DEFAULT gen_random_uuid(), -- the same in every attempt
  event_key text NOT NULL,            -- tells the event from others
  channel text NOT NULL,              -- webhook, mail
  event text NOT NULL,                -- run_finished, run_paused, run_failed, validation_failed, ...
  run_id bigint,
  occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  text text NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed')), -- failed: given up
  attempt_count integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  sent_at timestamptz,
  error_message text,                 -- of the last attempt, if it failed
  UNIQUE (event_key, channel)
);

CREATE INDEX notification_pending ON studbook.notification (next_attempt_at) WHERE state = 'pending';

-- When the API last answered about a horse: with a profile, that it has none, or with a racecard. No index contains a column that an
-- update changes, so that updates are HOT.
CREATE TABLE studbook.confirmation (
  horse_id varchar(50) COLLATE "C" PRIMARY KEY,
  confirmed_at timestamptz NOT NULL,  -- a racecard of a past day counts as of the end of that day; -infinity = never
  source text NOT NULL,               -- endpoint: pro, standard, racecards, or cached for a cached profile
  run_id bigint,                      -- NULL = discover
  racecard_date date                  -- of the latest racecard that the horse was on
) WITH (fillfactor = 50);

-- A check of all known pedigrees by plausibility rules.
CREATE TABLE studbook.pedigree_check (
  check_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  horses bigint NOT NULL,
  rules text[] NOT NULL,              -- that were checked; findings of other rules are those of earlier checks
  links_left_out bigint NOT NULL      -- links in error, which figures leave out
);

-- What checks of the pedigrees found: one row for a rule and the horses concerned, however many checks find it. A check writes only
-- what differs from the last one.
CREATE TABLE studbook.finding (
  finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finding_key uuid NOT NULL UNIQUE,   -- of rule, qualifier and horses, in any order
  rule text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
  horse_ids text[] NOT NULL,          -- hrs_ and the number; the first is the horse that it is about
  qualifier text NOT NULL,            -- tells findings of one rule and the same horses apart: sire or dam, or a season
  detail text NOT NULL,
  opened_check bigint NOT NULL,       -- the first check that found it, since it was last closed
  closed_check bigint,                -- the first check that did not find it any more; NULL = open
  accepted_at timestamptz             -- a person has looked at it; a higher severity sets NULL again
);

CREATE INDEX finding_open ON studbook.finding (rule) WHERE closed_check IS NULL;
CREATE INDEX finding_by_horse ON studbook.finding USING gin (horse_ids) WHERE closed_check IS NULL;

-- Every value that a refresh, a racecard or an accepted review changed in the user's tables. Values that a backfill fills are not
-- changes.
CREATE TABLE studbook.change (
  change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  horse_id varchar(50) COLLATE "C" NOT NULL,
  column_name text NOT NULL,          -- of ra_horses or ra_horse_pedigree; pedigree_region for the latter's region
  old_value text,                     -- NULL = it was blank
  new_value text NOT NULL,
  source text NOT NULL,               -- endpoint: pro, standard, racecards; review for an accepted review
  run_id bigint,                      -- NULL = discover or review
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX change_by_horse ON studbook.change (horse_id, changed_at);
CREATE INDEX change_by_time ON studbook.change (changed_at);

-- Suspicious changes, which a person decides; at most one per horse and field. A pair (sex, a parent) is one field. A rejected one
-- stays rejected while the API repeats the same value; one that the API repeats no more is withdrawn.
CREATE TABLE studbook.review (
  review_id bigint GENERATED ALWAYS AS IDENTITY UNIQUE, -- a new one for each new value
  horse_id varchar(50) COLLATE "C" NOT NULL,
  field text NOT NULL CHECK (field IN ('name', 'dob', 'sex', 'sire', 'dam', 'damsire')),
  old_value text,
  old_code text,                      -- the other half of a pair: sex code or parent's id
  new_value text,
  new_code text,
  source text NOT NULL,               -- endpoint: pro, standard, racecards
  run_id bigint,                      -- NULL = discover
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected', 'withdrawn')),
  raised_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  decided_at timestamptz,
  PRIMARY KEY (horse_id, field)
);

CREATE INDEX review_waiting ON studbook.review (review_id) WHERE state = 'waiting';

-- Horses that were requested because another horse names them as sire or dam and the user's tables lack them. The columns are those of
-- ra_horses and ra_horse_pedigree.
CREATE TABLE studbook.ancestor (
  horse_id varchar(50) COLLATE "C" PRIMARY KEY, -- hrs_ and the number by which its offspring name it
  status text NOT NULL CHECK (status IN
    ('found', 'basic', 'not_found', 'in_ra_horses')), -- in_ra_horses: the user's tables have its values
  generation smallint NOT NULL,       -- between it and the nearest of the user's horses when it was requested; 1 = a parent
  name text,
  sex text,
  sex_code text,
  dob date,
  colour text,
  colour_code text,
  region text,
  breeder text,
  sire_id text,
  sire text,
  dam_id text,
  dam text,
  damsire_id text,
  damsire text,
  run_id bigint NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT clock_timestamp() -- one without a detailed profile is requested again after a year
);

CREATE INDEX ancestor_by_sire ON studbook.ancestor (sire_id);
CREATE INDEX ancestor_by_dam ON studbook.ancestor (dam_id);
CREATE INDEX ancestor_by_name ON studbook.ancestor (lower(name COLLATE "default") text_pattern_ops);

-- What follows from each horse's pedigree. The links are those that were used: a link in error is left out.
CREATE TABLE studbook.pedigree_figures (
  horse_id varchar(50) COLLATE "C" PRIMARY KEY,
  sire_id varchar(50) COLLATE "C",    -- hrs_ and its number; NULL = unknown or left out
  dam_id varchar(50) COLLATE "C",
  f double precision NOT NULL,        -- Wright's coefficient of inbreeding, 0 to 1; unknown parents count as unrelated
  gen_eq double precision NOT NULL,   -- equivalent complete generations: the sum of (1/2)^n over the known ancestors, n generations away
  max_gen integer NOT NULL,           -- generations to the farthest known ancestor
  full_gen integer NOT NULL,          -- generations with every ancestor known
  pci5 double precision NOT NULL,     -- MacCluer's index of completeness over 5 generations, 0 to 1
  n_anc integer NOT NULL,             -- distinct known ancestors
  computed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- People who may open the dashboard.
CREATE TABLE studbook.dashboard_user (
  name text PRIMARY KEY,              -- in lower case
  role text NOT NULL CHECK (role IN ('viewer', 'operator')),
  password_hash text NOT NULL,        -- Argon2id, in the PHC string format
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp() -- when the password was set
);

-- Their sessions, known to every service on the database.
CREATE TABLE studbook.dashboard_session (
  session_hash bytea PRIMARY KEY,     -- SHA-256 of the cookie
  user_name text NOT NULL REFERENCES studbook.dashboard_user ON DELETE CASCADE,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- Programs that may use the JSON API.
CREATE TABLE studbook.api_token (
  name text PRIMARY KEY,
  role text NOT NULL CHECK (role IN ('viewer', 'operator')),
  token_hash bytea NOT NULL UNIQUE,   -- SHA-256
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at timestamptz            -- to the minute
);

-- What the checks of all rows counted at the end of a run.
CREATE TABLE studbook.check_result (
  run_id bigint NOT NULL REFERENCES studbook.run,
  check_key text NOT NULL,
  fault_count bigint NOT NULL,        -- rows at fault
  row_count bigint NOT NULL,          -- rows with data
  PRIMARY KEY (run_id, check_key)
);

-- What operators did through the dashboard or the JSON API.
CREATE TABLE studbook.operator_action (
  action_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  acted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  operator text NOT NULL,             -- the name of the user or of the token; either may be removed later
  command text NOT NULL,              -- as it would be typed, without the program's name
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')), -- interrupted: its process ended before it
  result text NOT NULL,               -- the last line that it printed, or why there is none
  host text NOT NULL,                 -- of the process that runs or ran it, as in studbook.worker
  pid bigint NOT NULL,
  pid_start text NOT NULL,
  last_heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp() -- of that process, while it runs the command
);

CREATE INDEX operator_action_running ON studbook.operator_action (action_id) WHERE state = 'running';

-- A name without its country suffix, in lower case. A Roman numeral in brackets belongs to the name.
CREATE FUNCTION studbook.bare_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT lower(btrim(regexp_replace(name COLLATE "C", '\s*\((?![IVX]+\))[A-Za-z]{2,3}\)\s*$', '')))
$$;

-- Whether a person has to decide a change: another sex group, a date of birth that differs by more than 366 days, another parent,
-- another name. A blank is not suspicious.
CREATE FUNCTION studbook.is_suspicious(field text, old_value text, old_code text, new_value text, new_code text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT COALESCE(CASE
  WHEN field = 'name' THEN studbook.bare_name(NULLIF(old_value, '')) <> studbook.bare_name(new_value)
  WHEN field = 'dob' THEN abs(NULLIF(old_value, '')::date - new_value::date) > 366
  WHEN field = 'sex' THEN upper(old_code) COLLATE "C" IN ('C', 'F', 'G', 'H', 'M', 'R')
    AND (upper(old_code) COLLATE "C" IN ('F', 'M')) <> (new_code COLLATE "C" IN ('F', 'M'))
  WHEN field IN ('sire', 'dam', 'damsire') THEN CASE
    WHEN old_code COLLATE "C" <> '' AND new_code IS NOT NULL THEN old_code COLLATE "C" <> new_code
    ELSE studbook.bare_name(NULLIF(old_value, '')) <> studbook.bare_name(new_value) END
END, false)
$$;

-- Half of a pair (a parent's id and name, a colour and its code) is replaced only together with its partner, or if the old pair
-- is blank.
CREATE FUNCTION studbook.merge_pair(new_half text, new_partner text, old_half text, old_partner text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN new_half IS NOT NULL AND new_partner IS NOT NULL THEN new_half
  WHEN COALESCE(old_half, '') COLLATE "C" = '' AND COALESCE(old_partner, '') COLLATE "C" = '' THEN COALESCE(new_half, old_half)
  ELSE old_half
END
$$;

-- The same for runs that only fill blanks: an existing value is kept. Half of a pair fills a blank if the other half agrees or is blank.
CREATE FUNCTION studbook.fill_blank_pair(new_half text, new_partner text, old_half text, old_partner text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN new_half IS NOT NULL AND COALESCE(old_half, '') COLLATE "C" = ''
    AND (COALESCE(old_partner, '') COLLATE "C" = '' OR lower(old_partner COLLATE "C") = lower(new_partner COLLATE "C")) THEN new_half
  ELSE old_half
END
$$;

-- A text that a UTF-8 client can read. A database with encoding SQL_ASCII stores any bytes; bytes that are not UTF-8 are read as Latin-1.
CREATE FUNCTION studbook.to_utf8(stored text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT CASE
  WHEN getdatabaseencoding() <> 'SQL_ASCII'
    OR stored COLLATE "C" ~ '^([\x01-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})*$'
  THEN stored
  ELSE convert_from(convert(convert_to(stored, 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'SQL_ASCII')
END
$$;

-- One value for several: equal if and only if all of them are equal. NULL and '' differ.
CREATE FUNCTION studbook.fingerprint(VARIADIC fields text[]) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT md5(fields::text)::uuid
$$;

-- Whether a name says that there is none.
CREATE FUNCTION studbook.is_placeholder(name text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT length(name) < 9 AND lower(btrim(name) COLLATE "C") IN
  ('', 'unknown', 'unk', 'unnamed', 'n/a', 'na', 'none', 'null', 'nil', 'tbc', '-', '--', '?', '0', '.')
$$;

-- The horse that is named as a parent: hrs_ and the same digits, whatever the prefix. NULL for a placeholder.
CREATE FUNCTION studbook.parent_horse(parent_id text, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN parent_id COLLATE "C" ~ '^(hrs|sir|dam|dsi)_0{0,17}[1-9][0-9]{0,17}$' AND studbook.is_placeholder(name) IS NOT TRUE
  THEN 'hrs_' || substr(parent_id, 5) END
$$;

-- A name without suffix, accents, case and punctuation, for comparison. NULL if nothing is left.
CREATE FUNCTION studbook.comparable_name(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT NULLIF(regexp_replace(lower(
  CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(studbook.bare_name(name), NFKD) ELSE studbook.bare_name(name) END COLLATE "C"),
  '[^a-z0-9]+', '', 'g'), '')
$$;

-- Whether two names cannot be the same horse's. A blank contradicts nothing, nor does a difference in suffix, case, accents or
-- punctuation.
CREATE FUNCTION studbook.names_differ(one text, other text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT COALESCE(one <> other AND studbook.comparable_name(one) <> studbook.comparable_name(other), false)
$$;

-- The known sire (S) and dam (D) of a horse, from the user's tables and, where they are blank, from studbook.ancestor. A link whose
-- profile bears another name is left out until a person has accepted it.
CREATE FUNCTION studbook.parents(horse_id text)
RETURNS TABLE (side text, parent_id text, name text)
LANGUAGE plpgsql STABLE ROWS 2 AS $$
#variable_conflict use_column
DECLARE
  horse text := $1; -- in the default collation, which lets the indexes of any column be used
BEGIN
  RETURN QUERY
  SELECT known.side, known.parent_id, known.name
  FROM (
    SELECT side.side, side.field,
           COALESCE(studbook.parent_horse(side.user_id, side.user_name), studbook.parent_horse(side.own_id, side.own_name)) AS parent_id,
           COALESCE(side.user_name, side.own_name) AS name
    FROM (SELECT) one
    LEFT JOIN (SELECT p.sire_id::text, p.sire::text, p.dam_id::text, p.dam::text FROM ra_horse_pedigree p
               WHERE p.horse_id = horse) p ON true
    LEFT JOIN (SELECT a.sire_id, a.sire, a.dam_id, a.dam FROM studbook.ancestor a WHERE a.horse_id = horse) a ON true
    CROSS JOIN LATERAL (VALUES
      ('S', 'sire', p.sire_id, p.sire, a.sire_id, a.sire),
      ('D', 'dam', p.dam_id, p.dam, a.dam_id, a.dam)
    ) AS side(side, field, user_id, user_name, own_id, own_name)
  ) known
  WHERE known.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM studbook.review r
    WHERE r.horse_id = horse AND r.field = known.field AND r.state IN ('waiting', 'rejected') AND r.old_code = r.new_code);
END
$$;

-- A horse's ancestors. The path has a letter for each generation: SDS is the sire of the dam of the sire. An ancestor that occurs
-- several times has a row for each path. Name, date and sex are those of its own row; without one, the name is that which its
-- offspring gives.
CREATE FUNCTION studbook.ancestors(horse_id text, generations integer)
RETURNS TABLE (generation integer, path text, ancestor_id text, name text, dob date, sex text)
LANGUAGE plpgsql STABLE ROWS 62 AS $$
#variable_conflict use_column
DECLARE
  subject text := $1;
BEGIN
  IF $2 IS NULL OR $2 NOT BETWEEN 1 AND 20 THEN
    RAISE EXCEPTION 'generations must be from 1 to 20, not %', $2 USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY
  WITH RECURSIVE line (generation, path, horse, name, seen) AS (
    SELECT 0, '', subject, NULL::text, ARRAY[subject]
    UNION ALL
    SELECT l.generation + 1, l.path || parent.side, parent.parent_id, parent.name, l.seen || parent.parent_id
    FROM line l CROSS JOIN LATERAL studbook.parents(l.horse) parent
    WHERE l.generation < $2 AND parent.parent_id <> ALL (l.seen) -- records can be wrong: no horse is its own ancestor
  )
  SELECT l.generation, l.path, l.horse, COALESCE(h.name, a.name, l.name), COALESCE(h.dob, a.dob), COALESCE(h.sex, a.sex)
  FROM line l
  LEFT JOIN LATERAL (SELECT h.name::text, h.dob::date, h.sex::text FROM ra_horses h WHERE h.horse_id = l.horse OFFSET 0) h ON true
  LEFT JOIN LATERAL (SELECT a.name, a.dob, a.sex FROM studbook.ancestor a WHERE a.horse_id = l.horse OFFSET 0) a ON true
  WHERE l.generation > 0
  ORDER BY l.generation, l.path COLLATE "C" DESC; -- sires first
END
$$;

-- The horses that name this one as their sire or dam, with their other parent. An index on ra_horse_pedigree (sire_id) and (dam_id)
-- makes it fast; Studbook creates none, since the table is the user's.
CREATE FUNCTION studbook.offspring(horse_id text)
RETURNS TABLE (offspring_id text, name text, dob date, sex text, role text, mate_id text, mate text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  as_sire text[] := ARRAY['sir_' || substr($1, 5), 'hrs_' || substr($1, 5)];
  as_dam text[] := ARRAY['dam_' || substr($1, 5), 'hrs_' || substr($1, 5)];
BEGIN
  RETURN QUERY
  SELECT o.offspring_id, COALESCE(h.name, o.name), COALESCE(h.dob, o.dob), COALESCE(h.sex, o.sex), o.role,
         studbook.parent_horse(o.mate_id, o.mate), CASE WHEN studbook.is_placeholder(o.mate) IS NOT TRUE THEN o.mate END
  FROM (
    SELECT p.horse_id::text AS offspring_id, NULL::text AS name, NULL::date AS dob, NULL::text AS sex,
           CASE WHEN p.sire_id = ANY (as_sire) THEN 'sire' ELSE 'dam' END AS role,
           CASE WHEN p.sire_id = ANY (as_sire) THEN p.dam_id ELSE p.sire_id END::text AS mate_id,
           CASE WHEN p.sire_id = ANY (as_sire) THEN p.dam ELSE p.sire END::text AS mate
    FROM ra_horse_pedigree p WHERE p.sire_id = ANY (as_sire) OR p.dam_id = ANY (as_dam)
    UNION ALL
    SELECT a.horse_id COLLATE "default", a.name, a.dob, a.sex, CASE WHEN a.sire_id = ANY (as_sire) THEN 'sire' ELSE 'dam' END,
           CASE WHEN a.sire_id = ANY (as_sire) THEN a.dam_id ELSE a.sire_id END,
           CASE WHEN a.sire_id = ANY (as_sire) THEN a.dam ELSE a.sire END
    FROM studbook.ancestor a
    WHERE (a.sire_id = ANY (as_sire) OR a.dam_id = ANY (as_dam))
      AND NOT EXISTS (SELECT FROM ra_horse_pedigree p WHERE p.horse_id = a.horse_id::text)
  ) o
  LEFT JOIN LATERAL (
    SELECT h.name::text, h.dob::date, h.sex::text FROM ra_horses h WHERE h.horse_id = o.offspring_id OFFSET 0) h ON true
  WHERE NOT EXISTS (
    SELECT FROM studbook.review r
    WHERE r.horse_id = o.offspring_id AND r.field = o.role AND r.state IN ('waiting', 'rejected') AND r.old_code = r.new_code)
  ORDER BY 3 NULLS LAST, 1;
END
$$;
