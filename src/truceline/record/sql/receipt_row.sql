-- Tells when an entry arrived.
-- reads: receipt
-- params: seq
-- gives: received (epoch seconds)
SELECT received FROM receipt WHERE seq = :seq;
