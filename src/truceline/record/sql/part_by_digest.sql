-- Finds an original by its digest.
-- reads: part
-- params: sha256
-- gives: commitment, salt, seq, size, sha256, sha512, content (NULL when it is kept as a file)
SELECT commitment, salt, seq, size, sha256, sha512, content FROM part WHERE sha256 = :sha256;
