-- Ends a transaction and returns once it is on the disk.
-- reads: nothing
-- params: none
-- gives: nothing
COMMIT;
