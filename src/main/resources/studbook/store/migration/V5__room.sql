-- A settled row of the ledger is up to two and a half times as wide as a planned one: with 60 % of the page free its one change stays in
-- the page, and the index need not be told (HOT). Holds for the pages of later runs.
ALTER TABLE studbook.ledger SET (fillfactor = 40);
