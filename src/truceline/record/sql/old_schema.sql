-- The tables of a ledger of version 2 that `upgrade` reads, as release 0.1.0 laid them out; version 1 had no `ledger`.
-- reads: nothing
-- params: none
-- gives: nothing
CREATE TABLE event(seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, root BLOB, note TEXT) STRICT;
CREATE TABLE original(sha256 TEXT PRIMARY KEY, sha512 TEXT, size INT, content BLOB) STRICT;
CREATE TABLE receipt(seq INTEGER PRIMARY KEY, received INTEGER NOT NULL) STRICT;
CREATE TABLE ledger(id TEXT PRIMARY KEY, checkpoints INTEGER NOT NULL) STRICT;
