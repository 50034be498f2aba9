-- Held: WhatsApp accepted a template message and keeps it back to assess its quality. message_status is what its answer
-- said (held_for_quality_assessment, paused), for as long as the message is held; null for all others. No index: written
-- while sending.
ALTER TABLE campaign_recipients ADD COLUMN message_status text;
ALTER TABLE campaigns ADD COLUMN held_count integer NOT NULL DEFAULT 0
  CONSTRAINT campaigns_held_count_check CHECK (held_count >= 0);

-- Route: which way marketing templates go, as the business wants it, and what WhatsApp says of the account.
ALTER TABLE senders
  ADD COLUMN marketing_api text NOT NULL DEFAULT 'AUTO'
    CONSTRAINT senders_marketing_api_check CHECK (marketing_api IN ('AUTO', 'CLOUD_API', 'MARKETING_MESSAGES')),
  -- WhatsApp's word for the account (marketing_messages_onboarding_status); NULL: unknown.
  ADD COLUMN marketing_onboarding text,
  -- When WhatsApp was asked for it, or said it; NULL: never.
  ADD COLUMN marketing_onboarding_read_at timestamptz;

-- What sending learned about the two ways. Only what is later than resumed_at counts: whoever resumes has it tried again.
ALTER TABLE campaigns
  -- WhatsApp refused the template on /messages (131063, 131061), or on /marketing_messages (131055, 134100).
  ADD COLUMN cloud_api_refused_at timestamptz,
  ADD COLUMN marketing_refused_at timestamptz,
  -- Until then WhatsApp prepares the template for /marketing_messages (134101).
  ADD COLUMN marketing_ready_at timestamptz;

-- Identity: a person without a phone is known by WhatsApp's id of the person for the business (BSUID), which then is the
-- identity: of the contact, and of the recipient, whose phone it is too. BSUIDs begin with a country's letters and a dot,
-- identities of phones with a plus.
CREATE OR REPLACE FUNCTION set_contact_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.identity := coalesce(phone_identity(NEW.phone_e164), NEW.bsuid);
  RETURN NEW;
END
$$;
DROP TRIGGER leads_identity ON leads;
CREATE TRIGGER leads_identity BEFORE INSERT OR UPDATE OF phone_e164, bsuid, identity ON leads FOR EACH ROW
  WHEN (NEW.identity IS DISTINCT FROM coalesce(phone_identity(NEW.phone_e164), NEW.bsuid)) EXECUTE FUNCTION set_contact_identity();
DROP TRIGGER customers_identity ON customers;
CREATE TRIGGER customers_identity BEFORE INSERT OR UPDATE OF phone_e164, bsuid, identity ON customers FOR EACH ROW
  WHEN (NEW.identity IS DISTINCT FROM coalesce(phone_identity(NEW.phone_e164), NEW.bsuid)) EXECUTE FUNCTION set_contact_identity();
UPDATE leads SET identity = bsuid WHERE identity IS NULL AND bsuid IS NOT NULL;
UPDATE customers SET identity = bsuid WHERE identity IS NULL AND bsuid IS NOT NULL;

-- The BSUID that the answer to a send named, where the message went to a phone.
ALTER TABLE campaign_recipients ADD COLUMN user_id text;
-- serves: statuses, answers and opt-outs that name a BSUID only. Written once, as wa_id.
CREATE INDEX campaign_recipients_user_id ON campaign_recipients (user_id, campaign_id) WHERE user_id IS NOT NULL;

-- Changes of people's numbers and BSUIDs that WhatsApp reported: opt-outs from before a change that arrive after it are
-- found by it.
CREATE TABLE identity_changes (
  business_id uuid NOT NULL CONSTRAINT identity_changes_business_fk REFERENCES businesses (id),
  previous text NOT NULL,
  current text NOT NULL,
  -- Of the latest report, by WhatsApp's clock.
  at timestamptz NOT NULL,
  CONSTRAINT identity_changes_pkey PRIMARY KEY (business_id, previous, current)
);
