-- Counts the entries by their last number; they are numbered from 0 without a gap.
-- reads: event
-- params: none
-- gives: size
SELECT coalesce(max(seq) + 1, 0) AS size FROM event;
