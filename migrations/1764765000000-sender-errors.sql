-- What sending and refused webhooks told about a number.
ALTER TABLE senders
  -- Why WhatsApp refused the last message for a reason of the number or its account, in words, and when. NULL: it did not,
  -- or messages were accepted again since, or a new access token was saved, or a test found no problem.
  ADD COLUMN send_error text,
  ADD COLUMN send_error_at timestamptz,
  -- When a webhook about the number or its account was refused because of its signature; NULL: none since the last good one.
  ADD COLUMN webhook_refused_at timestamptz,
  -- When Meta asked for the address with another verify word, before the number's first webhook; NULL: not since it was right.
  ADD COLUMN verification_refused_at timestamptz;
-- serves: clearSendErrors; a handful of rows
CREATE INDEX senders_send_error ON senders (id) WHERE send_error IS NOT NULL;

-- DUPLICATE_PHONE: the person's new number is in the campaign already.
ALTER TABLE campaign_recipients DROP CONSTRAINT campaign_recipients_skipped_reason_check,
  ADD CONSTRAINT campaign_recipients_skipped_reason_check
  CHECK (skipped_reason IN ('OPTED_OUT', 'CANCELLED', 'DEADLINE', 'DUPLICATE_PHONE'));
