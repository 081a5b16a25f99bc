-- Gives every checkpoint, for verification.
-- reads: checkpoint
-- params: none
-- gives: size, root, note
SELECT size, root, note FROM checkpoint ORDER BY size;
