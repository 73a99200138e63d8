-- A database role that can do Studbook's job and nothing else.
--
-- Run this once as the owner of ra_horses and ra_horse_pedigree, after `studbook init` (which creates the
-- schema studbook and needs the owner, as does every upgrade with a new schema version):
--
--     psql "$DATABASE_URL" -f docs/role.sql
--
-- then let Studbook work as that role: DATABASE_URL=postgresql://studbook_worker:...@host:5432/postgres
--
-- Omit the sections [insert], [import], [review] and [archive] if these commands are not used: each command checks its
-- permissions before it sends a request, and prints the missing GRANT.

-- [fill] backfill, refresh, ancestors, retry, worker, and all commands that only read.

CREATE ROLE studbook_worker LOGIN PASSWORD 'change-me' NOSUPERUSER NOCREATEDB NOCREATEROLE;

-- Its own records. It deletes none; only archive does.
GRANT USAGE ON SCHEMA studbook TO studbook_worker;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA studbook TO studbook_worker;
REVOKE INSERT, UPDATE ON studbook.schema_history FROM studbook_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA studbook TO studbook_worker;

-- The horses: it reads them all and fills these columns; never the name.
GRANT SELECT ON ra_horses, ra_horse_pedigree TO studbook_worker;
GRANT UPDATE (sex, sex_code, dob, colour, colour_code, region, updated_at) ON ra_horses TO studbook_worker;
GRANT INSERT (horse_id, sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, created_at, updated_at)
  ON ra_horse_pedigree TO studbook_worker;
GRANT UPDATE (sire_id, sire, dam_id, dam, damsire_id, damsire, breeder, region, updated_at)
  ON ra_horse_pedigree TO studbook_worker;

-- [review] review accept, where another name of a horse is accepted; other reviews need [fill].

GRANT UPDATE (name) ON ra_horses TO studbook_worker;

-- [insert] discover: new horses from the racecards of the coming days. ancestors --into-ra-horses.

GRANT INSERT (horse_id, name, sex, sex_code, dob, colour, colour_code, region, created_at, updated_at)
  ON ra_horses TO studbook_worker;

-- [import] import: a file is staged in a table of the schema studbook; blank names are filled, too. Needs [insert], and [fill] for pedigrees.

GRANT USAGE, CREATE ON SCHEMA studbook TO studbook_worker;
GRANT UPDATE (name) ON ra_horses TO studbook_worker;

-- [archive] archive: rows that were moved to a file, and old notifications, are deleted. Autovacuum makes their space available.

GRANT DELETE ON studbook.error, studbook.run_sample, studbook.run_event, studbook.work_item, studbook.chunk, studbook.notification
  TO studbook_worker;

-- [dashboard] serve: sessions of the dashboard end; user and token: users and tokens are removed.

GRANT DELETE ON studbook.dashboard_session, studbook.dashboard_user, studbook.api_token TO studbook_worker;

-- [policies] Only where row level security is on (Supabase switches it on for tables made in its editor):
--
-- CREATE POLICY studbook_select ON ra_horses FOR SELECT TO studbook_worker USING (true);
-- CREATE POLICY studbook_update ON ra_horses FOR UPDATE TO studbook_worker USING (true);
-- CREATE POLICY studbook_insert ON ra_horses FOR INSERT TO studbook_worker WITH CHECK (true); -- for discover and import
-- CREATE POLICY studbook_select ON ra_horse_pedigree FOR SELECT TO studbook_worker USING (true);
-- CREATE POLICY studbook_insert ON ra_horse_pedigree FOR INSERT TO studbook_worker WITH CHECK (true);
-- CREATE POLICY studbook_update ON ra_horse_pedigree FOR UPDATE TO studbook_worker USING (true);
