-- Gives every time of receipt, for verification.
-- reads: receipt
-- params: none
-- gives: seq, received (epoch seconds)
SELECT seq, received FROM receipt ORDER BY seq;
