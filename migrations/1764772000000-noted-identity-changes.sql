-- When a change of a person's number was noted, by our clock: WhatsApp may tell of it late.
ALTER TABLE identity_changes ADD COLUMN noted_at timestamptz NOT NULL DEFAULT now();
