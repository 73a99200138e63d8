-- Many processes on one run: who does what, and what holds them all.

ALTER TABLE studbook.worker
  ADD COLUMN run_id bigint,                        -- the run it works on; NULL while it waits for one
  ADD COLUMN requests bigint NOT NULL DEFAULT 0,   -- sent for that run
  ADD COLUMN late bigint NOT NULL DEFAULT 0,       -- outcomes that came after its lease was another's, and were discarded
  ADD COLUMN last_good timestamptz,                -- when the API last answered it; NULL while its requests fail
  ADD COLUMN stop_requested boolean NOT NULL DEFAULT false; -- it should leave its run and end

ALTER TABLE studbook.run
  ADD COLUMN pause_cause text,                     -- of a paused run
  ADD COLUMN probe_at timestamptz,                 -- when the next probe may leave, from whichever process
  ADD COLUMN probes integer NOT NULL DEFAULT 0;    -- sent in this pause
