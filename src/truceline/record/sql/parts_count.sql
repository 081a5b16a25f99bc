-- Counts the parts that are kept, and the entries that have a mark, for verification.
-- reads: part, known
-- params: none
-- gives: parts, marked
SELECT (SELECT count(*) FROM part) AS parts, (SELECT count(DISTINCT seq) FROM known) AS marked;
