-- The latest trouble and the latest notice have times of their own: account_at is from now on of restrictions and their end.
ALTER TABLE senders
  ADD COLUMN trouble_at timestamptz,
  ADD COLUMN notice_at timestamptz;
