-- Gives the checkpoint of the largest size.
-- reads: checkpoint
-- params: none
-- gives: size, root, note
SELECT size, root, note FROM checkpoint ORDER BY size DESC LIMIT 1;
