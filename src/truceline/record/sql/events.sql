-- Gives a page of entries in order, of one kind or of all.
-- reads: event
-- params: start, stop (numbers, stop excluded), kind (or NULL), page (rows at most)
-- gives: seq, leaf, body
SELECT seq, leaf, body
FROM event
WHERE seq >= :start AND seq < :stop
  AND (:kind IS NULL OR json_extract(CAST(body AS TEXT), '$.kind') = :kind)
ORDER BY seq
LIMIT :page;
