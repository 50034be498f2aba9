-- Held: WhatsApp accepted a template message and keeps it back to assess its quality. message_status is what its answer
-- said (held_for_quality_assessment, paused), for as long as the message is held; null for all others. No index: written
-- while sending.
ALTER TABLE campaign_recipients ADD COLUMN message_status text;
ALTER TABLE campaigns ADD COLUMN held_count integer NOT NULL DEFAULT 0
  CONSTRAINT campaigns_held_count_check CHECK (held_count >= 0);
