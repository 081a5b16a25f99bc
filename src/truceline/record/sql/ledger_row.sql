-- Tells which ledger this is.
-- reads: ledger
-- params: none
-- gives: id (32 hexadecimal digits), checkpoints (how many were kept)
SELECT id, checkpoints FROM ledger;
