-- Keeps which part an entry erases.
-- reads: nothing
-- params: commitment, seq (of the entry that erases it)
-- gives: nothing
INSERT INTO erased(commitment, seq) VALUES (:commitment, :seq);
