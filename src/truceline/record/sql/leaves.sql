-- Gives a run of leaf hashes.
-- reads: event
-- params: start, stop (numbers, stop excluded)
-- gives: leaf
SELECT leaf FROM event WHERE seq >= :start AND seq < :stop ORDER BY seq;
