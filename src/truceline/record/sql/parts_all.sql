-- Gives the commitments of all parts that are kept, for verification.
-- reads: part
-- params: none
-- gives: commitment
SELECT commitment FROM part ORDER BY commitment;
