// Sends with the product's client in a separate process: Node reads the trusted certificates when a process starts
// (NODE_EXTRA_CA_CERTS). The message {options, count} sends `count` messages one by one; the answer has the results.
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
