-- Gives every time of receipt of a ledger of version 1 or 2.
-- reads: receipt
-- params: none
-- gives: seq, received (epoch seconds)
SELECT seq, received FROM receipt ORDER BY seq;
