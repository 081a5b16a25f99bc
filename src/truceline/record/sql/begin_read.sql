-- Starts a read that sees one state of the ledger throughout.
-- reads: nothing
-- params: none
-- gives: nothing
BEGIN DEFERRED;
