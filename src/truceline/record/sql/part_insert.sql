-- Keeps a part, or, with a NULL content, notes that it is kept as a file.
-- reads: nothing
-- params: commitment, salt, seq, size, sha256 and sha512 (NULL for a record), content
-- gives: nothing
INSERT INTO part(commitment, salt, seq, size, sha256, sha512, content)
VALUES (:commitment, :salt, :seq, :size, :sha256, :sha512, :content);
