-- Tells which ledger of version 2 this is.
-- reads: ledger
-- params: none
-- gives: id (32 hexadecimal digits)
SELECT id FROM ledger;
