-- Gives all rows of a table as JSON in UTF-8, in the order in which they were added: what its digest is made of.
-- reads: the table that is named
-- params: 1 the table's name
-- gives: the row
SELECT encode(CAST(to_json(t) AS VARCHAR)) FROM query_table(?) AS t;
