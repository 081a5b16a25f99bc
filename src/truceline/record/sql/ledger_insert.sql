-- Gives a ledger its id and the key of its marks.
-- reads: nothing
-- params: id, secret
-- gives: nothing
INSERT INTO ledger(id, checkpoints, secret) VALUES (:id, 0, :secret);
