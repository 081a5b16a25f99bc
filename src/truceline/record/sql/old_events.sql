-- Walks every entry of a ledger of version 1 or 2.
-- reads: event
-- params: none
-- gives: seq, leaf, body
SELECT seq, leaf, body FROM event ORDER BY seq;
