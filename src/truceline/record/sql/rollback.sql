-- Undoes a transaction.
-- reads: nothing
-- params: none
-- gives: nothing
ROLLBACK;
