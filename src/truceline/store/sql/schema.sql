-- Lays out a snapshot: what one run assessed, a table a noun; `store/tables.py` says where each value comes from.
-- reads: nothing
-- params: none
-- gives: nothing

-- What the snapshot is of, and the digest of every table; `value` is JSON.
CREATE TABLE meta(key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE items(
  n INTEGER, role VARCHAR, id VARCHAR, external_id VARCHAR, reader VARCHAR, published BIGINT, published_text VARCHAR,
  outlet VARCHAR, issuer VARCHAR, url VARCHAR, language VARCHAR, media_type VARCHAR, profile VARCHAR, translated BOOLEAN,
  bytes BIGINT, body VARCHAR
);
CREATE TABLE claims(
  n INTEGER, id VARCHAR, item VARCHAR, external_id VARCHAR, act VARCHAR, acts VARCHAR, act_text VARCHAR, stance VARCHAR,
  actors VARCHAR, speaker VARCHAR, place VARCHAR, lat DOUBLE, lon DOUBLE, radius_m BIGINT, place_text VARCHAR,
  earliest BIGINT, latest BIGINT, time_text VARCHAR, killed BIGINT, injured BIGINT, published BIGINT, outlet VARCHAR, url VARCHAR,
  language VARCHAR, reading VARCHAR, basis VARCHAR, quote VARCHAR, paraphrase VARCHAR, body VARCHAR
);
CREATE TABLE voices(
  claim VARCHAR, k INTEGER, text VARCHAR, source VARCHAR, side VARCHAR, third_party BOOLEAN, medium BOOLEAN
);
CREATE TABLE incidents(
  n INTEGER, id VARCHAR, earliest BIGINT, latest BIGINT, place VARCHAR, lat DOUBLE, lon DOUBLE, radius_m BIGINT, acts VARCHAR,
  alleged_actors VARCHAR, contested BOOLEAN, contested_how VARCHAR, engagement VARCHAR, members INTEGER, body VARCHAR
);
CREATE TABLE members(incident VARCHAR, claim VARCHAR);
CREATE TABLE links(incident VARCHAR, a VARCHAR, b VARCHAR, kind VARCHAR, bits DOUBLE, decided_by VARCHAR);
CREATE TABLE findings(
  n INTEGER, incident VARCHAR, occurrence VARCHAR, contradicted BOOLEAN, table_row VARCHAR, strength INTEGER, attribution VARCHAR,
  party VARCHAR, likelihood VARCHAR, confidence VARCHAR, assessed VARCHAR, decision VARCHAR, release VARCHAR,
  release_occurrence VARCHAR, release_party VARCHAR, proposed VARCHAR, body VARCHAR
);
CREATE TABLE reasons(incident VARCHAR, about VARCHAR, k INTEGER, rule VARCHAR, sentence VARCHAR);
CREATE TABLE origins(
  incident VARCHAR, id VARCHAR, label VARCHAR, ground VARCHAR, outlets INTEGER, claims VARCHAR
);
CREATE TABLE bindings(n INTEGER, incident VARCHAR, agreement VARCHAR, after_entry VARCHAR, body VARCHAR);
CREATE TABLE judgements(
  n INTEGER, provision VARCHAR, incident VARCHAR, classification VARCHAR, after_entry VARCHAR, reasons VARCHAR, body VARCHAR
);
CREATE TABLE standings(
  n INTEGER, provision VARCHAR, day VARCHAR, zone VARCHAR, standing VARCHAR, effective_fraction DOUBLE, hours DOUBLE,
  counting_rule VARCHAR, contested INTEGER, uncertain INTEGER, sentence VARCHAR, body VARCHAR
);
CREATE TABLE obligations(
  n INTEGER, provision VARCHAR, state VARCHAR, since BIGINT, late BOOLEAN, amended BOOLEAN, tracked_only BOOLEAN,
  sentence VARCHAR, decision VARCHAR, body VARCHAR
);
CREATE TABLE statements(
  provision VARCHAR, role VARCHAR, who VARCHAR, debtors VARCHAR, progress VARCHAR, basis VARCHAR, claim VARCHAR, instant BIGINT,
  published BIGINT
);
CREATE TABLE outcomes(n INTEGER, provision VARCHAR, violence VARCHAR, purpose VARCHAR, body VARCHAR);
CREATE TABLE agreements(
  id VARCHAR, title VARCHAR, form VARCHAR, parties VARCHAR, mediators VARCHAR, guarantors VARCHAR
);
CREATE TABLE agreement_events(
  agreement VARCHAR, id VARCHAR, kind VARCHAR, text VARCHAR, announced BIGINT, announced_by VARCHAR, provisions VARCHAR
);
CREATE TABLE provisions(
  id VARCHAR, agreement VARCHAR, provision VARCHAR, sort VARCHAR, kind VARCHAR, title VARCHAR
);
CREATE TABLE zones(
  agreement VARCHAR, id VARCHAR, name VARCHAR, lat DOUBLE, lon DOUBLE, radius_m BIGINT, since BIGINT, till BIGINT
);
CREATE TABLE coverage(
  area VARCHAR, channel VARCHAR, starts BIGINT, ends BIGINT, effective_fraction DOUBLE, light VARCHAR, lost_to VARCHAR,
  reason VARCHAR
);
CREATE TABLE places(
  id VARCHAR, name VARCHAR, kind VARCHAR, lat DOUBLE, lon DOUBLE, radius_m BIGINT, within VARCHAR, source VARCHAR
);
CREATE TABLE decisions(
  n INTEGER, role VARCHAR, id VARCHAR, verdict VARCHAR, person VARCHAR, approved_by VARCHAR, provision VARCHAR, instant VARCHAR,
  claims VARCHAR, body VARCHAR
);
CREATE TABLE problems(
  n INTEGER, severity VARCHAR, file VARCHAR, file_row BIGINT, field VARCHAR, message VARCHAR, advice VARCHAR, body VARCHAR
);
CREATE TABLE doubts(
  n INTEGER, claim VARCHAR, item VARCHAR, field VARCHAR, start_offset BIGINT, end_offset BIGINT, body VARCHAR
);
CREATE TABLE repetitions(
  n INTEGER, item VARCHAR, of_item VARCHAR, sameness VARCHAR, start_offset BIGINT, end_offset BIGINT, share DOUBLE, published BIGINT,
  body VARCHAR
);
-- Nouns that are kept whole and have no columns of their own.
CREATE TABLE groups(n INTEGER, body VARCHAR);
CREATE TABLE engagements(n INTEGER, body VARCHAR);
CREATE TABLE refused(n INTEGER, body VARCHAR);
