-- Filters as trees, segments that change, and what decides who is left out of an audience.
SET LOCAL statement_timeout = 0;

-- "Without case", the same everywhere: for the texts of contacts, and for the texts that they are compared with. The
-- collation makes it independent of the server's locale. No bodies that PostgreSQL could not inline.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT casefold(value COLLATE pg_unicode_fast)
$$;
CREATE FUNCTION fold_all(given text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(fold(btrim(value))) FROM unnest(given) AS value
$$;
-- The number that the value of an attribute is or, as imports store it, writes out; NULL for everything else.
CREATE FUNCTION number_of(value jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE jsonb_typeof(value)
    WHEN 'number' THEN (value #>> '{}')::numeric
    WHEN 'string' THEN CASE WHEN (value #>> '{}') ~ '^[ \t\r\n]*[+-]?[0-9]{1,30}([.][0-9]{1,30})?[ \t\r\n]*$'
      THEN (value #>> '{}')::numeric END
  END
$$;

ALTER TABLE segments ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
UPDATE segments SET updated_at = created_at;

-- A segment that only finished campaigns used can be deleted; they keep their recipients.
ALTER TABLE campaigns DROP CONSTRAINT campaigns_segment_fk,
  ADD CONSTRAINT campaigns_segment_fk FOREIGN KEY (segment_id) REFERENCES segments (id) ON DELETE SET NULL;
-- serves: deleteSegment (the foreign key), Segment.usedBy
CREATE INDEX campaigns_segment ON campaigns (segment_id) WHERE segment_id IS NOT NULL;

-- When the person answered.
ALTER TABLE campaign_recipients ADD COLUMN replied_at timestamptz;

-- When a person last wrote to a business, by WhatsApp's clock: free-form messages reach them for 24 hours.
CREATE TABLE conversation_windows (
  business_id uuid NOT NULL,
  identity text NOT NULL,
  last_inbound_at timestamptz NOT NULL,
  CONSTRAINT conversation_windows_pkey PRIMARY KEY (business_id, identity)
) WITH (fillfactor = 70);

-- Messages that failed because the number is not on WhatsApp (131026): few among all recipients, and not to be found
-- there without an index on columns that the delivery changes.
CREATE TABLE unreachable_failures (
  business_id uuid NOT NULL,
  identity text NOT NULL,
  campaign_id uuid NOT NULL,
  seq integer NOT NULL,
  failed_at timestamptz NOT NULL,
  CONSTRAINT unreachable_failures_pkey PRIMARY KEY (business_id, identity, campaign_id, seq)
);
INSERT INTO unreachable_failures (business_id, identity, campaign_id, seq, failed_at)
SELECT c.business_id, r.identity, r.campaign_id, r.seq, coalesce(r.failed_at, r.sent_at, c.updated_at)
FROM campaigns c JOIN campaign_recipients r ON r.campaign_id = c.id
WHERE c.failed_count > 0 AND r.status = 'FAILED' AND r.error_code = 131026 AND r.identity IS NOT NULL;

CREATE FUNCTION keep_unreachable_failure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO unreachable_failures (business_id, identity, campaign_id, seq, failed_at)
  SELECT c.business_id, NEW.identity, NEW.campaign_id, NEW.seq, coalesce(NEW.failed_at, now())
  FROM campaigns c WHERE c.id = NEW.campaign_id
  ON CONFLICT (business_id, identity, campaign_id, seq) DO UPDATE SET failed_at = excluded.failed_at;
  RETURN NULL;
END
$$;
-- the condition is evaluated for every update of the delivery, the function only for these failures
CREATE TRIGGER campaign_recipients_unreachable AFTER UPDATE ON campaign_recipients FOR EACH ROW
  WHEN (NEW.error_code = 131026 AND NEW.status = 'FAILED' AND OLD.status <> 'FAILED' AND NEW.identity IS NOT NULL)
  EXECUTE FUNCTION keep_unreachable_failure();
