-- Walks every row of the log as it is stored with the part that holds its record, for verification.
-- reads: event, part
-- params: none
-- gives: seq, leaf, body; of the record's part commitment, salt, size, sha512, content (NULL where there is none)
SELECT e.seq, e.leaf, e.body, p.commitment, p.salt, p.size, p.sha512, p.content
FROM event AS e NOT INDEXED
LEFT JOIN part AS p ON p.seq = e.seq AND p.sha256 IS NULL
ORDER BY e.seq;
