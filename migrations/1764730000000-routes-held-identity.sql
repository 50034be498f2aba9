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
