// Sends with the product's client in a process of its own: what TLS trusts is read when a process starts
// (NODE_EXTRA_CA_CERTS). A message {options, count} sends so often, one after the other; the answer has the results.
require('./sources');
const { TestClient } = require('./whatsapp-client');

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ apiUrl, options, count }) => {
  const client = new TestClient(apiUrl, options);
  const results = [];
  for (let i = 1; i <= count; i++) results.push(await client.send(`+${i}`));
  client.close();
  process.send(results);
});
process.send('ready');
