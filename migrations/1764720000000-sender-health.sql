-- What WhatsApp says about a number and its account: read from time to time, and told by webhooks.
ALTER TABLE senders
  -- WhatsApp's words for the number, as the enums of the API spell them; what WhatsApp adds later is UNKNOWN.
  ADD COLUMN status text NOT NULL DEFAULT 'UNKNOWN',
  ADD COLUMN quality_rating text NOT NULL DEFAULT 'UNKNOWN',
  ADD COLUMN throughput text NOT NULL DEFAULT 'UNKNOWN',
  -- The number in WhatsApp's own spelling, digits only: webhooks about quality name nothing else. NULL: not read yet.
  ADD COLUMN whatsapp_number text,
  -- The name that people see, as WhatsApp approved it. NULL: not read yet.
  ADD COLUMN verified_name text,
  -- Since when WhatsApp has said CONNECTED, as far as we saw; NULL: it does not.
  ADD COLUMN connected_at timestamptz,
  -- When the first webhook about the number or its account came; NULL: none came.
  ADD COLUMN webhook_heard_at timestamptz,
  -- What WhatsApp forbids at present: [{ type, since, until }], see accounts/restrictions.ts.
  ADD COLUMN restrictions jsonb NOT NULL DEFAULT '[]',
  -- Why the last reading failed, in words; NULL: it did not.
  ADD COLUMN read_error text,
  -- The last trouble that a webhook told, in words; a test without problems clears it.
  ADD COLUMN account_error text,
  -- The last news that is no trouble.
  ADD COLUMN notice text,
  ADD COLUMN health_read_at timestamptz,
  -- When it is to be read again.
  ADD COLUMN health_due_at timestamptz NOT NULL DEFAULT now(),
  -- The times of the latest webhook of each kind, by WhatsApp's clock: an earlier one that comes late changes nothing.
  ADD COLUMN account_at timestamptz,
  ADD COLUMN quality_at timestamptz,
  ADD COLUMN limit_at timestamptz;
-- serves: claimSendersToRead
CREATE INDEX senders_health_due ON senders (health_due_at);
-- serves: lockSendersOfAccount
CREATE INDEX senders_account ON senders (waba_id);
-- serves: restrictedSenders; a handful of rows
CREATE INDEX senders_restricted ON senders (id) WHERE restrictions <> '[]';
