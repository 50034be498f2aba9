// People who watch campaigns: each has a socket of its own with one subscription. A stalled one stops reading. They also
// watch the bare broadcaster, which sends frames of the same form.
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const { url, tokens, campaigns, subscribers, stalled, bare } = JSON.parse(process.argv[2]);

/** What the page asks for. */
const query = readFileSync(new URL('../../web/src/live/figures.graphql', import.meta.url), 'utf8');

/** Of each frame: its socket, its version, and when it came. */
let frames = { socket: [], version: [], at: [] };
let bytes = 0;
let measuring = false;
let closed = 0;
let backward = 0;
const latest = new Map();

async function open(i) {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const campaignId = campaigns[i % campaigns.length];
  await new Promise((subscribed, failed) => {
    socket.on('error', failed);
    socket.on('close', () => {
      closed++;
      failed(new Error(`socket ${i} was closed`));
    });
    socket.once('open', () => {
      if (bare) {
        socket.send(campaignId);
        return subscribed();
      }
      const authorization = `Bearer ${tokens[i % tokens.length]}`;
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    });
    socket.on('message', (data) => {
      const text = data.toString();
      if (text.startsWith('{"type":"connection_ack"')) {
        const payload = { query, operationName: 'LiveFigures', variables: { campaignId } };
        socket.send(JSON.stringify({ id: `watch-${i}`, type: 'subscribe', payload }));
        return;
      }
      const place = text.indexOf('"version":');
      if (place === -1) return text.startsWith('{"type":"ping"') ? undefined : failed(new Error(text));
      subscribed();
      const version = parseInt(text.slice(place + 10, place + 22), 10);
      if (version < (latest.get(i) ?? 0)) backward++;
      latest.set(i, version);
      if (!measuring) return;
      bytes += text.length;
      frames.socket.push(i);
      frames.version.push(version);
      frames.at.push(Date.now());
    });
  });
  if (i < stalled) socket.pause();
  return socket;
}

const sockets = [];
// a few at a time: so many at once fill the queue of connections that wait to be accepted
for (let i = 0; i < subscribers; i += 50) {
  const some = Array.from({ length: Math.min(50, subscribers - i) }, (_, n) => open(i + n));
  sockets.push(...(await Promise.all(some)));
}
process.send({ subscribed: sockets.length });

process.on('message', (question) => {
  if (question === 'begin') {
    frames = { socket: [], version: [], at: [] };
    bytes = 0;
    measuring = true;
    process.send('ok');
  } else if (question === 'end') {
    measuring = false;
    process.send({ ...frames, bytes, closed, backward, example: undefined });
  } else if (question === 'latest') {
    process.send([...latest]);
  }
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
