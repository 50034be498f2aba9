-- Contacts as people bring them in: free attributes, the id of the business's own system, WhatsApp's id for people who
-- hide their number. The settings of a business that decide who is left out of an audience.
ALTER TABLE leads ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}', ADD COLUMN external_id text, ADD COLUMN bsuid text;
ALTER TABLE customers ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}', ADD COLUMN external_id text, ADD COLUMN bsuid text;
-- serves: import and createContact by the business's own id, which is unique in a kind
CREATE UNIQUE INDEX leads_business_external_id ON leads (business_id, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX customers_business_external_id ON customers (business_id, external_id) WHERE external_id IS NOT NULL;

-- frequency_cap_*: at most so many marketing messages to one person in so many days; both or neither.
-- unreachable_after: so many failures in a row because the number is not on WhatsApp (131026); NULL switches it off.
ALTER TABLE businesses
  ADD COLUMN frequency_cap_messages integer
    CONSTRAINT businesses_frequency_cap_messages_check CHECK (frequency_cap_messages BETWEEN 1 AND 1000),
  ADD COLUMN frequency_cap_days integer
    CONSTRAINT businesses_frequency_cap_days_check CHECK (frequency_cap_days BETWEEN 1 AND 365),
  ADD COLUMN unreachable_after integer
    CONSTRAINT businesses_unreachable_after_check CHECK (unreachable_after BETWEEN 1 AND 100),
  ADD COLUMN blocked_countries text[] NOT NULL DEFAULT '{}',
  ADD COLUMN attribution_days integer NOT NULL DEFAULT 7
    CONSTRAINT businesses_attribution_days_check CHECK (attribution_days BETWEEN 1 AND 90),
  ADD CONSTRAINT businesses_frequency_cap_check CHECK ((frequency_cap_messages IS NULL) = (frequency_cap_days IS NULL));

-- All reasons for which a contact is left out of an audience.
ALTER TABLE campaign_recipients DROP CONSTRAINT campaign_recipients_excluded_reason_check,
  ADD CONSTRAINT campaign_recipients_excluded_reason_check CHECK (excluded_reason IN ('INVALID_PHONE', 'DUPLICATE_PHONE',
    'OPTED_OUT', 'UNREACHABLE', 'FREQUENCY_CAPPED', 'NO_OPEN_WINDOW', 'BLOCKED_COUNTRY', 'HOLDOUT'));
