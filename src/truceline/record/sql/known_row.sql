-- Finds the entry that holds what has a mark.
-- reads: known
-- params: mark
-- gives: seq
SELECT seq FROM known WHERE mark = :mark;
