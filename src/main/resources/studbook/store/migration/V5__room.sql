-- A settled row of the ledger is twice as wide as a planned one: with half of the page free its one change stays in
-- the page, and the index need not be told (HOT). Holds for the pages of later runs.
ALTER TABLE studbook.ledger SET (fillfactor = 45);
