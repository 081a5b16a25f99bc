-- Finds the entry that has a leaf hash, to append nothing twice.
-- reads: event
-- params: leaf
-- gives: seq
SELECT seq FROM event WHERE leaf = :leaf;
