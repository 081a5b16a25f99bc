-- Keeps the hash of a tile that was filled.
-- reads: nothing
-- params: level, idx, h
-- gives: nothing
INSERT INTO node(level, idx, h) VALUES (:level, :idx, :h);
