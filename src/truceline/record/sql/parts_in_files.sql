-- Gives the parts whose content is a file beside the database.
-- reads: part
-- params: none
-- gives: commitment
SELECT commitment FROM part WHERE content IS NULL ORDER BY commitment;
