-- Gives every stored tile hash, for verification.
-- reads: node
-- params: none
-- gives: level, idx, h
SELECT level, idx, h FROM node ORDER BY level, idx;
