-- Counts one more checkpoint.
-- reads: ledger
-- params: none
-- gives: nothing
UPDATE ledger SET checkpoints = checkpoints + 1;
