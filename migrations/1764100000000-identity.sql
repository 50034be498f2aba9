-- One person, one identity: WhatsApp writes some numbers in another form than E.164, and people write them in both.
-- Millions of rows are filled in below, which takes longer than a statement of the product may.
SET LOCAL statement_timeout = 0;

-- The one definition of "the same WhatsApp number". Brazilian mobile numbers get their ninth digit (landlines begin with
-- 2 to 5 and stay as they are), the 1 of Mexico and the 9 of Argentina are dropped. What is sent to is still the phone.
-- Not STRICT, so that PostgreSQL inlines it.
CREATE FUNCTION phone_identity(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN phone ^@ '+5' THEN CASE left(phone, 3)
    WHEN '+55' THEN regexp_replace(phone, '^(\+55[1-9][0-9])([6-9][0-9]{7})$', '\19\2')
    WHEN '+52' THEN regexp_replace(phone, '^\+521([0-9]{10})$', '+52\1')
    WHEN '+54' THEN regexp_replace(phone, '^\+549([0-9]{10})$', '+54\1')
    ELSE phone
  END ELSE phone END
$$;

-- The identities that a number in WhatsApp's form may belong to: its own, and for numbers that look like Brazilian
-- landlines the mobile number with or without the ninth digit. The latter prove nothing by themselves: whoever looks
-- them up compares the message's id too.
CREATE FUNCTION phone_candidates(phone text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[phone_identity(phone), regexp_replace(phone, '^(\+55[1-9][0-9])([2-5][0-9]{7})$', '\19\2'),
    regexp_replace(phone, '^(\+55[1-9][0-9])9([2-5][0-9]{7})$', '\1\2')]
$$;

-- The database derives the identity itself, so that no writer can forget it. Triggers and not generated columns: the
-- schema builder of TypeORM knows those only through a table of its own. The trigger's function costs
-- half of the insert again: writers of many rows give phone_identity(phone) along, then only the condition is evaluated.
CREATE FUNCTION set_contact_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.identity := phone_identity(NEW.phone_e164);
  RETURN NEW;
END
$$;
CREATE FUNCTION set_phone_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.identity := phone_identity(NEW.phone);
  RETURN NEW;
END
$$;

-- NULL when the phone is none.
ALTER TABLE leads ADD COLUMN identity text;
UPDATE leads SET identity = phone_identity(phone_e164) WHERE phone_e164 IS NOT NULL;
CREATE TRIGGER leads_identity BEFORE INSERT OR UPDATE OF phone_e164, identity ON leads FOR EACH ROW
  WHEN (NEW.identity IS DISTINCT FROM phone_identity(NEW.phone_e164)) EXECUTE FUNCTION set_contact_identity();
DROP INDEX leads_business_phone;
-- serves: previewAudience and materialise (all of a business, grouped by person)
CREATE INDEX leads_business_identity ON leads (business_id, identity);

ALTER TABLE customers ADD COLUMN identity text;
UPDATE customers SET identity = phone_identity(phone_e164) WHERE phone_e164 IS NOT NULL;
CREATE TRIGGER customers_identity BEFORE INSERT OR UPDATE OF phone_e164, identity ON customers FOR EACH ROW
  WHEN (NEW.identity IS DISTINCT FROM phone_identity(NEW.phone_e164)) EXECUTE FUNCTION set_contact_identity();
DROP INDEX customers_business_phone;
-- serves: previewAudience and materialise
CREATE INDEX customers_business_identity ON customers (business_id, identity);

-- Materialise takes the identity over from the contacts; the trigger is for whoever leaves it out. wa_id: the digits of
-- the send's answer where they differ from the phone.
ALTER TABLE campaign_recipients ADD COLUMN identity text, ADD COLUMN wa_id text;
DROP INDEX campaign_recipients_phone;
UPDATE campaign_recipients SET identity = phone_identity(phone) WHERE excluded_reason IS DISTINCT FROM 'INVALID_PHONE';
-- An old campaign may have sent to two spellings of one number: the further ones keep their own spelling as identity.
UPDATE campaign_recipients r SET identity = r.phone FROM (
  SELECT campaign_id, seq, row_number() OVER (PARTITION BY campaign_id, identity ORDER BY phone <> identity, seq) AS place
  FROM campaign_recipients WHERE excluded_reason IS NULL AND phone ~ '^\+5[245]') numbered
WHERE r.campaign_id = numbered.campaign_id AND r.seq = numbered.seq AND numbered.place > 1;
CREATE TRIGGER campaign_recipients_identity BEFORE INSERT ON campaign_recipients
  FOR EACH ROW WHEN (NEW.identity IS NULL AND NEW.excluded_reason IS NULL) EXECUTE FUNCTION set_phone_identity();
-- serves: one message per person; recipients by phone (conversions, replies, opt-outs)
CREATE UNIQUE INDEX campaign_recipients_phone ON campaign_recipients (campaign_id, identity) WHERE excluded_reason IS NULL;
-- serves: recipients by WhatsApp's own form of the number. It holds only rows whose wa_id differs from the phone, and a
-- wa_id is written once: for all other updates, and for all of the other rows, HOT updates stay possible.
CREATE INDEX campaign_recipients_wa_id ON campaign_recipients (wa_id, campaign_id) WHERE wa_id IS NOT NULL;

-- Opt-outs: who has a row that is not lifted wants nothing more from this business. One row per person and source;
-- changed_at is the time of the event, not of its arrival, so that late and repeated events undo nothing newer.
ALTER TABLE suppressions ADD COLUMN identity text,
  ADD COLUMN source text NOT NULL DEFAULT 'MANUAL' CONSTRAINT suppressions_source_check
    CHECK (source IN ('KEYWORD', 'BUTTON', 'WHATSAPP', 'MANUAL', 'IMPORT', 'REFUSED')),
  ADD COLUMN lifted boolean NOT NULL DEFAULT false,
  ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now();
UPDATE suppressions SET identity = phone_identity(phone), changed_at = created_at, source = CASE
  WHEN reason LIKE 'wrote "%' THEN 'KEYWORD'
  WHEN reason = 'tapped the stop button' THEN 'BUTTON'
  WHEN reason = 'stopped marketing messages in WhatsApp' THEN 'WHATSAPP'
  ELSE 'MANUAL' END;
-- Of several spellings the latest opt-out stays: an opt-in between the two does not lift it.
DELETE FROM suppressions s USING suppressions later
WHERE later.business_id = s.business_id AND later.identity = s.identity AND later.source = s.source
  AND (later.created_at, later.phone) > (s.created_at, s.phone);
ALTER TABLE suppressions DROP CONSTRAINT suppressions_pkey,
  ADD CONSTRAINT suppressions_pkey PRIMARY KEY (business_id, identity, source);
CREATE TRIGGER suppressions_identity BEFORE INSERT ON suppressions FOR EACH ROW
  WHEN (NEW.identity IS DISTINCT FROM phone_identity(NEW.phone)) EXECUTE FUNCTION set_phone_identity();

-- Every change of an opt-out, for good. Written by the trigger below and by nobody else.
CREATE TABLE suppression_changes (
  id uuid CONSTRAINT suppression_changes_pkey PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT suppression_changes_business_fk REFERENCES businesses (id),
  identity text NOT NULL,
  phone text NOT NULL,
  change text NOT NULL CONSTRAINT suppression_changes_change_check CHECK (change IN ('OPTED_OUT', 'OPTED_IN')),
  source text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now()
);
-- serves: the history of one person
CREATE INDEX suppression_changes_person ON suppression_changes (business_id, identity, at);
INSERT INTO suppression_changes (business_id, identity, phone, change, source, reason, at, recorded_at)
SELECT business_id, identity, phone, 'OPTED_OUT', source, reason, changed_at, created_at FROM suppressions;

CREATE FUNCTION keep_suppression_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO suppression_changes (business_id, identity, phone, change, source, reason, at)
  VALUES (NEW.business_id, NEW.identity, NEW.phone, CASE WHEN NEW.lifted THEN 'OPTED_IN' ELSE 'OPTED_OUT' END,
    NEW.source, NEW.reason, NEW.changed_at);
  RETURN NULL;
END
$$;
-- a lift of what never was (it only keeps a late stop from winning) is no change
CREATE TRIGGER suppressions_opted_out AFTER INSERT ON suppressions
  FOR EACH ROW WHEN (NOT NEW.lifted) EXECUTE FUNCTION keep_suppression_change();
CREATE TRIGGER suppressions_changed AFTER UPDATE ON suppressions
  FOR EACH ROW WHEN (NEW.lifted <> OLD.lifted) EXECUTE FUNCTION keep_suppression_change();
