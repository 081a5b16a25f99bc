-- Keeps the time at which an entry arrived.
-- reads: nothing
-- params: seq, received (epoch seconds)
-- gives: nothing
INSERT INTO receipt(seq, received) VALUES (:seq, :received);
