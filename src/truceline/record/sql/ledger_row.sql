-- Tells which ledger this is.
-- reads: ledger
-- params: none
-- gives: id (32 hexadecimal digits), checkpoints (how many were kept), secret (32 bytes)
SELECT id, checkpoints, secret FROM ledger;
