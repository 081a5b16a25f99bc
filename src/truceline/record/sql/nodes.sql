-- Gives a run of tile hashes of one level.
-- reads: node
-- params: level, start, stop (indexes, stop excluded)
-- gives: h
SELECT h FROM node WHERE level = :level AND idx >= :start AND idx < :stop ORDER BY idx;
