-- Finds a part by its commitment.
-- reads: part
-- params: commitment
-- gives: commitment, salt, seq, size, sha256, sha512, content (NULL when it is kept as a file)
SELECT commitment, salt, seq, size, sha256, sha512, content FROM part WHERE commitment = :commitment;
