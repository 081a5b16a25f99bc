-- Every name of every record of a Who's On First distribution.
-- reads: names
-- params: none
-- gives: id, name
SELECT id, name
FROM names
ORDER BY id, rowid;
