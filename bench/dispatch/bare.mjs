// Posts messages as fast as the connections allow, with the product's client alone: the upper limit of client and
// simulator. Reports messages per second, and the CPU of this process for a message.
import { createRequire } from 'node:module';

const { WhatsAppClient } = createRequire(import.meta.url)('../../dist/whatsapp/client');

const apiUrl = process.argv[2];
/** `warmUp` messages are posted before the measurement starts. */
const [count, connections, warmUp] = process.argv.slice(3).map(Number);
const client = new WhatsAppClient({ apiUrl, apiVersion: 'v25.0', connections });
const credentials = { phoneNumberId: '1234567890', wabaId: '55501', accessToken: 'EAABench' };

function message(i) {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: `+9198${String(i).padStart(8, '0')}`,
    type: 'template',
    template: {
      name: 'weekend_sale',
      language: { code: 'en' },
      components: [
        { type: 'body', parameters: [{ type: 'text', text: 'Customer' }] },
        { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'A'.repeat(30) }] },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: '1',
          parameters: [{ type: 'payload', payload: `STOP:${i}` }],
        },
      ],
    },
    biz_opaque_callback_data: `00000000-0000-0000-0000-000000000000:${i}:1`,
  };
}

let next = 0;

async function postUpTo(last) {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < last) {
        const result = await client.send(credentials, message(next++));
        if (result.kind !== 'accepted') throw new Error(JSON.stringify(result));
      }
    }),
  );
}

await postUpTo(warmUp);
const start = performance.now();
const before = process.cpuUsage();
await postUpTo(warmUp + count);
const { user, system } = process.cpuUsage(before);
process.send({
  perSecond: count / ((performance.now() - start) / 1000),
  cpuMicroseconds: (user + system) / count,
});
process.on('disconnect', () => process.exit(0));
