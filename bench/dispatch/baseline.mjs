// The usual design, for comparison: a job for each message, and for each job one read of its
// recipient, one POST, one update of the recipient, one update of the campaign's counter, one publish of the figures.
import { Worker } from 'bullmq';
import Redis from 'ioredis';
import pg from 'pg';
import { product } from '../rig.mjs';

const { prepareMessage } = product('../dist/catalog/message');
const { linkTokens } = product('../dist/campaigns/link');
const { WhatsAppClient } = product('../dist/whatsapp/client');

const { DATABASE_URL, REDIS_URL, WHATSAPP_API_URL, PUBLIC_URL, BASELINE_CONCURRENCY } = process.env;
const concurrency = Number(BASELINE_CONCURRENCY);
const database = new pg.Pool({ connectionString: DATABASE_URL, max: concurrency });
const redis = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
// the same client as the product's
const whatsapp = new WhatsAppClient({
  apiUrl: WHATSAPP_API_URL,
  apiVersion: 'v25.0',
  connections: concurrency,
});

// The campaign is read once for all its messages and rendered by the product's code, so the messages are the same.
const campaigns = new Map();
for (const row of (await database.query('SELECT * FROM baseline.campaigns')).rows) {
  const content = { template: row.template, templateValues: row.template_values, mediaUrl: null };
  const linkToken = linkTokens({ linkId: row.link_id, linkKey: row.link_key });
  const credentials = { phoneNumberId: row.phone_number_id, wabaId: '55501', accessToken: 'EAABench' };
  campaigns.set(row.id, { ...row, render: prepareMessage(content, PUBLIC_URL), linkToken, credentials });
}

/** Named statements are parsed once per connection. */
const query = async (name, text, values) => (await database.query({ name, text, values })).rows[0];

async function send({ data: { recipientId } }) {
  const person = await query(
    'recipient',
    'SELECT campaign_id, seq, phone, name, email FROM baseline.recipients WHERE id = $1',
    [recipientId],
  );
  const campaign = campaigns.get(person.campaign_id);
  const { message } = campaign.render(person, {
    callbackData: `${campaign.id}:${person.seq}:1`,
    linkToken: (link) => campaign.linkToken(person.seq, link),
  });
  const result = await whatsapp.send(campaign.credentials, message);
  if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
  await query(
    'sent',
    `UPDATE baseline.recipients SET status = 'SENT', wamid = $2, sent_at = now() WHERE id = $1`,
    [recipientId, result.wamid],
  );
  const figures = await query(
    'count',
    'UPDATE baseline.campaigns SET sent_count = sent_count + 1 WHERE id = $1 RETURNING total_recipients, sent_count',
    [campaign.id],
  );
  await redis.publish(`baseline:stats:${campaign.id}`, JSON.stringify(figures));
}

const worker = new Worker('baseline', send, { connection: redis, concurrency });
// no job may fail here, and BullMQ would continue
const fail = (error) => {
  console.error(error);
  process.exit(1);
};
worker.on('error', fail);
worker.on('failed', (_, error) => fail(error));
process.on('disconnect', () => process.exit(0));
process.send({ ready: true });
