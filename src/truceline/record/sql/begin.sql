-- Starts a write and takes the one writer's lock at once.
-- reads: nothing
-- params: none
-- gives: nothing
BEGIN IMMEDIATE;
