-- Gives every part that was erased.
-- reads: erased
-- params: none
-- gives: commitment, seq (of the entry that erases it)
SELECT commitment, seq FROM erased ORDER BY commitment;
