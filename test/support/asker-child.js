// Asks a server over connections of the product, in a process of its own: what it trusts is read when a process starts
// (NODE_EXTRA_CA_CERTS). A message {url, count} asks so often, one after the other; the answer tells how each ended.
require('./sources');
const { Connections } = require('../../src/whatsapp/connections');

process.on('disconnect', () => process.exit(0));
process.on('message', async ({ url, count }) => {
  const connections = new Connections({
    origin: new URL(url),
    most: 1,
    connectTimeoutMs: 5000,
    timeoutMs: 5000,
  });
  const outcomes = [];
  for (let i = 0; i < count; i++) {
    outcomes.push(
      await connections.ask('GET / HTTP/1.1\r\nhost: x\r\n\r\n').then(
        ({ body }) => ({ body }),
        ({ message, written }) => ({ message, written }),
      ),
    );
  }
  connections.close();
  process.send(outcomes);
});
process.send('ready');
