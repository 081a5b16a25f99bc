-- Gives the layout that the database file declares, to compare with the one that was written.
-- reads: sqlite_schema
-- params: none
-- gives: type, name, tbl_name, sql
SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name;
