-- Contacts are listed, searched and erased over the API; opt-outs are listed. Indexes over millions of rows take longer
-- than a statement of the product may.
SET LOCAL statement_timeout = 0;

-- text_pattern_ops: the start of a text is found by these indexes whatever the collation of the database.
-- serves: contacts of a business, newest first
CREATE INDEX leads_business_created ON leads (business_id, created_at, id);
-- serves: contacts by the start of the name
CREATE INDEX leads_business_name ON leads (business_id, lower(name) text_pattern_ops);
-- serves: contacts by e-mail. Not partial: only then does the planner use its own statistics of lower(email) beside others
CREATE INDEX leads_business_email ON leads (business_id, lower(email) text_pattern_ops);
-- serves: contacts whom a webhook names by their BSUID only
CREATE INDEX leads_business_bsuid ON leads (business_id, bsuid) WHERE bsuid IS NOT NULL;

-- serves: the same, of customers
CREATE INDEX customers_business_created ON customers (business_id, created_at, id);
-- serves: the same, of customers
CREATE INDEX customers_business_name ON customers (business_id, lower(name) text_pattern_ops);
-- serves: the same, of customers
CREATE INDEX customers_business_email ON customers (business_id, lower(email) text_pattern_ops);
-- serves: the same, of customers
CREATE INDEX customers_business_bsuid ON customers (business_id, bsuid) WHERE bsuid IS NOT NULL;

-- serves: Contact.campaigns and eraseContact, for people who were excluded or have another phone since. The column never
-- changes while sending, so HOT updates stay possible.
CREATE INDEX campaign_recipients_contact ON campaign_recipients (campaign_id, contact_id) WHERE contact_id IS NOT NULL;
-- serves: Contact.campaigns and eraseContact, for people who were excluded, by the number
CREATE INDEX campaign_recipients_excluded ON campaign_recipients (campaign_id, identity) WHERE excluded_reason IS NOT NULL;

-- created_at: when the person opted out for the last time after not being opted out, by the event's own time.
UPDATE suppressions s SET created_at = (
  SELECT max(h.at) FROM suppression_changes h
  WHERE h.business_id = s.business_id AND h.identity = s.identity AND h.source = s.source AND h.change = 'OPTED_OUT')
WHERE NOT lifted AND EXISTS (
  SELECT FROM suppression_changes h
  WHERE h.business_id = s.business_id AND h.identity = s.identity AND h.source = s.source AND h.change = 'OPTED_OUT');
-- serves: optOuts, newest first
CREATE INDEX suppressions_business_created ON suppressions (business_id, created_at, identity, source) WHERE NOT lifted;

-- The history of new opt-outs is written once for each statement and not once for each row, which took more than half of
-- the time of a long list. Changes of rows that are there keep their trigger.
DROP TRIGGER suppressions_opted_out ON suppressions;
CREATE FUNCTION keep_new_suppressions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- a lift of what never was (it only keeps a late stop from winning) is no change
  INSERT INTO suppression_changes (business_id, identity, phone, change, source, reason, at)
  SELECT business_id, identity, phone, 'OPTED_OUT', source, reason, changed_at FROM added WHERE NOT lifted;
  RETURN NULL;
END
$$;
CREATE TRIGGER suppressions_opted_out AFTER INSERT ON suppressions
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_new_suppressions();
