-- When all templates of an account were last read, so that a sync rewrites only the rows that differ.
-- templates.synced_at is when WhatsApp's description was last stored, or the template was last read by itself.
CREATE TABLE template_syncs (
  business_id uuid NOT NULL CONSTRAINT template_syncs_business_fk REFERENCES businesses,
  waba_id text NOT NULL,
  synced_at timestamptz NOT NULL,
  PRIMARY KEY (business_id, waba_id)
);
INSERT INTO template_syncs (business_id, waba_id, synced_at)
  SELECT business_id, waba_id, min(synced_at) FROM templates WHERE status <> 'DELETED' GROUP BY business_id, waba_id;
