-- Gives a ledger its id; the checkpoints that an older version kept are counted.
-- reads: checkpoint
-- params: id
-- gives: nothing
INSERT INTO ledger(id, checkpoints) SELECT :id, count(*) FROM checkpoint;
