-- Appends one entry.
-- reads: nothing
-- params: seq, leaf, body
-- gives: nothing
INSERT INTO event(seq, leaf, body) VALUES (:seq, :leaf, :body);
