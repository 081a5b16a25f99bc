-- Lays out the ledger: entries, their tree, the checkpoints, and beside them the parts that entries only commit to.
-- reads: nothing
-- params: none
-- gives: nothing

-- What was received, in order. `leaf` is the RFC 6962 leaf hash of `body`, an envelope without words (see envelope.py).
CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL CHECK(length(leaf) = 32),
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_leaf ON event(leaf);

-- The hash of every full tile: level 1 sums up 256 leaves, level 2 sums up 256 of level 1.
CREATE TABLE node(
  level INT,
  idx INT,
  h BLOB CHECK(length(h) = 32),
  PRIMARY KEY(level, idx)
) WITHOUT ROWID, STRICT;

-- One row for each append; the largest size is the rollback guard. Signatures go into `note`.
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, root BLOB, note TEXT) STRICT;

-- The words: records and originals, each under its commitment SHA-256(salt || content), with the entry that first
-- held it. `sha256` and `sha512` are those of an original, NULL for a record; `content` is NULL when it is kept as a
-- file. A part may be destroyed.
CREATE TABLE part(
  commitment BLOB NOT NULL UNIQUE CHECK(length(commitment) = 32),
  salt BLOB NOT NULL CHECK(length(salt) = 32),
  seq INT NOT NULL,
  size INT NOT NULL,
  sha256 TEXT,
  sha512 TEXT,
  content BLOB
) STRICT;
CREATE UNIQUE INDEX part_record ON part(seq) WHERE sha256 IS NULL;
CREATE UNIQUE INDEX part_sha256 ON part(sha256) WHERE sha256 IS NOT NULL;

-- What was entered already, by a keyed mark, so that nothing is entered twice and nothing erased comes back.
CREATE TABLE known(mark BLOB PRIMARY KEY CHECK(length(mark) = 32), seq INT NOT NULL) WITHOUT ROWID, STRICT;

-- The parts that two people had destroyed, with the entry that says so.
CREATE TABLE erased(commitment BLOB PRIMARY KEY, seq INT NOT NULL) WITHOUT ROWID, STRICT;

-- Which ledger this is, by 128 random bits, how many checkpoints it has kept, and the key of its marks.
CREATE TABLE ledger(id TEXT PRIMARY KEY, checkpoints INTEGER NOT NULL, secret BLOB NOT NULL) STRICT;

-- A BEFORE INSERT trigger is needed as well: INSERT OR REPLACE deletes without a DELETE trigger.
CREATE TRIGGER event_next BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM event)
  OR EXISTS (SELECT 1 FROM event WHERE leaf = NEW.leaf)
BEGIN SELECT raise(ABORT, 'event: the next number and a new leaf only'); END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'event: an entry is never altered'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'event: an entry is never removed'); END;

CREATE TRIGGER part_new BEFORE INSERT ON part
WHEN EXISTS (SELECT 1 FROM part WHERE commitment = NEW.commitment OR sha256 = NEW.sha256)
  OR EXISTS (SELECT 1 FROM erased WHERE commitment = NEW.commitment)
BEGIN SELECT raise(ABORT, 'part: it is kept already, or was erased'); END;
CREATE TRIGGER part_kept BEFORE UPDATE ON part
BEGIN SELECT raise(ABORT, 'part: it is never altered'); END;
CREATE TRIGGER part_stays BEFORE DELETE ON part
WHEN NOT EXISTS (SELECT 1 FROM erased WHERE commitment = OLD.commitment)
BEGIN SELECT raise(ABORT, 'part: only one that an entry erases is removed'); END;

CREATE TRIGGER known_new BEFORE INSERT ON known
WHEN EXISTS (SELECT 1 FROM known WHERE mark = NEW.mark)
BEGIN SELECT raise(ABORT, 'known: it is known already'); END;
CREATE TRIGGER known_kept BEFORE UPDATE ON known
BEGIN SELECT raise(ABORT, 'known: it is never altered'); END;
CREATE TRIGGER known_stays BEFORE DELETE ON known
BEGIN SELECT raise(ABORT, 'known: it is never removed'); END;

CREATE TRIGGER erased_new BEFORE INSERT ON erased
WHEN EXISTS (SELECT 1 FROM erased WHERE commitment = NEW.commitment)
BEGIN SELECT raise(ABORT, 'erased: it is erased already'); END;
CREATE TRIGGER erased_kept BEFORE UPDATE ON erased
BEGIN SELECT raise(ABORT, 'erased: it is never altered'); END;
CREATE TRIGGER erased_stays BEFORE DELETE ON erased
BEGIN SELECT raise(ABORT, 'erased: it is never removed'); END;

CREATE TRIGGER checkpoint_new BEFORE INSERT ON checkpoint
WHEN NEW.size <= (SELECT max(size) FROM checkpoint)
BEGIN SELECT raise(ABORT, 'checkpoint: the size only grows'); END;
CREATE TRIGGER checkpoint_kept BEFORE UPDATE OF size, root ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: only its note may gain signatures'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'checkpoint: it is never removed'); END;

CREATE TRIGGER ledger_one BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger)
BEGIN SELECT raise(ABORT, 'ledger: it has one id'); END;
CREATE TRIGGER ledger_kept BEFORE UPDATE ON ledger
WHEN NEW.id IS NOT OLD.id OR NEW.secret IS NOT OLD.secret OR NEW.checkpoints < OLD.checkpoints
BEGIN SELECT raise(ABORT, 'ledger: its id and key are never altered, its checkpoints never fewer'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger
BEGIN SELECT raise(ABORT, 'ledger: its id is never removed'); END;
