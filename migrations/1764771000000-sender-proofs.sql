-- What ends the errors that are noted with a number.
ALTER TABLE senders
  -- What account_error is about, see TroubleTopic in whatsapp/account-events.ts.
  ADD COLUMN account_error_topic text,
  -- When WhatsApp accepted the last test message from the number.
  ADD COLUMN test_accepted_at timestamptz;
UPDATE senders SET trouble_at = account_at, account_error_topic = CASE
    WHEN account_error LIKE 'WhatsApp will disable this account%' THEN 'DISABLING'
    WHEN account_error LIKE 'WhatsApp rejected the name%' THEN 'NAME'
    WHEN account_error ~ '\(\d+\)\.$' THEN 'SENDING'
    ELSE 'WARNING' END
  WHERE account_error IS NOT NULL;
