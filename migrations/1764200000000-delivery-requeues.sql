-- What people asked to have sent again (retryFailed, resendUnconfirmed) and workers have not put back into the queue
-- yet. One row per campaign and kind; deleted with the last set. The position moves in the transaction that moves the
-- recipients, so a worker that dies in the middle leaves nobody out and takes nobody twice.
CREATE TABLE delivery_requeues (
  campaign_id uuid NOT NULL,
  kind text NOT NULL CONSTRAINT delivery_requeues_kind_check CHECK (kind IN ('FAILED', 'UNCONFIRMED')),
  -- Whoever fails after this moment belongs to the next request.
  requested_at timestamptz NOT NULL,
  requested_by text NOT NULL,
  -- Everybody before this place has been looked at.
  next_seq integer NOT NULL DEFAULT 1,
  requeued integer NOT NULL DEFAULT 0,
  CONSTRAINT delivery_requeues_pkey PRIMARY KEY (campaign_id, kind)
);
