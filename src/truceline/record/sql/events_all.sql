-- Walks every row of the log as it is stored, for verification.
-- reads: event
-- params: none
-- gives: seq, leaf, body
SELECT seq, leaf, body FROM event NOT INDEXED ORDER BY seq;
