-- Finds an original by its digest.
-- reads: original
-- params: sha256
-- gives: sha512, size, content (NULL when it is kept as a file)
SELECT sha512, size, content FROM original WHERE sha256 = :sha256;
