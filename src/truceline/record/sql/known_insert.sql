-- Keeps the mark of what an entry holds.
-- reads: nothing
-- params: mark, seq
-- gives: nothing
INSERT INTO known(mark, seq) VALUES (:mark, :seq);
