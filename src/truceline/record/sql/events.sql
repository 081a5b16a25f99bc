-- Gives a page of entries in order, of one class or of all, with the part that holds the record of each.
-- reads: event, part
-- params: start, stop (numbers, stop excluded), class (or NULL), page (rows at most)
-- gives: seq, leaf, body, commitment, salt and content (NULL where the record is not kept any more)
SELECT e.seq, e.leaf, e.body, p.commitment, p.salt, p.content
FROM event AS e
LEFT JOIN part AS p ON p.seq = e.seq AND p.sha256 IS NULL
WHERE e.seq >= :start AND e.seq < :stop
  AND (:class IS NULL OR (
    json_valid(CAST(e.body AS TEXT)) AND json_extract(CAST(e.body AS TEXT), '$.class') = :class
  ))
ORDER BY e.seq
LIMIT :page;
