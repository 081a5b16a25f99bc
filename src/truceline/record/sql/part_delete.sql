-- Destroys a part that an entry erases.
-- reads: part
-- params: commitment
-- gives: nothing
DELETE FROM part WHERE commitment = :commitment;
