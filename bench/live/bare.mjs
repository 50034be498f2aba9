// The bare limit of a broadcast: for each campaign one text, made once and sent to all its sockets by `ws`, which is what the
// product cannot undercut. The frames have the size and the pace that were measured at the product.
import { WebSocketServer } from 'ws';

const { frameBytes, everyMs, campaigns } = JSON.parse(process.argv[2]);
const groups = new Map(campaigns.map((id) => [id, new Set()]));
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.once('message', (data) => groups.get(data.toString())?.add(socket));
});
let version = 0;
let sent = 0;

function broadcast(sockets) {
  const head = `{"id":"watch","type":"next","payload":{"version":${++version},"filler":"`;
  const frame = `${head}${'x'.repeat(Math.max(0, frameBytes - head.length - 3))}"}}`;
  for (const socket of sockets) {
    // a socket that has not read the last frame gets no other, as in the product
    if (socket.bufferedAmount > 0) continue;
    socket.send(frame);
    sent++;
  }
}

let begun = { cpu: process.cpuUsage(), sent: 0 };
server.on('listening', () => process.send({ port: server.address().port }));
process.on('message', (question) => {
  if (question === 'begin') {
    campaigns.forEach((id, i) =>
      setTimeout(
        () => setInterval(() => broadcast(groups.get(id)), everyMs),
        (everyMs / campaigns.length) * i,
      ),
    );
    begun = { cpu: process.cpuUsage(), sent };
    process.send('ok');
  } else {
    const { user, system } = process.cpuUsage(begun.cpu);
    process.send({ cpuSeconds: (user + system) / 1e6, sent: sent - begun.sent });
  }
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
