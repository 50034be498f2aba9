import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import type { Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { figuresFields, Seen } from './seen';
import type { Figures } from './seen';
import type { Answer, Plan, Question } from './subscribers';

const campaignStats = `subscription ($id: ID!) { figures: campaignStats(campaignId: $id) { ${figuresFields} } }`;
const businessStats = `subscription ($id: ID!) { figures: businessStats(businessId: $id) { ${figuresFields} } }`;

interface Subscriber {
  /** The campaigns that it must hear of. */
  campaignIds: readonly string[];
  seen: Seen;
}

const subscribers: Subscriber[] = [];
/** The open connections. */
const open = new Set<WebSocket>();
/** All events of the first subscriber to a business, for controls. */
const recorded: Figures[] = [];
let events = 0;

/** A client that reconnects as the page's does. */
function connect({ url, authorization, reconnects }: Plan): Client {
  return createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    lazy: false,
    onNonLazyError: () => undefined,
    retryAttempts: reconnects ? Infinity : 0,
    shouldRetry: () => true,
    retryWait: (retries) =>
      delay(Math.min(2500, 500 * 2 ** retries) * (0.5 + Math.random() / 2)).then(() => undefined),
    keepAlive: 2000,
    on: {
      connected: (socket) => {
        const connection = socket as WebSocket;
        open.add(connection.once('close', () => open.delete(connection)));
      },
    },
  });
}

/** Subscribes, and again a second after the server has refused or ended it. */
function follow(
  socket: Client,
  query: string,
  id: string,
  onEvent: (figures: Figures) => void,
  again: boolean,
) {
  const restart = () => {
    if (again) setTimeout(() => follow(socket, query, id, onEvent, again), 1000);
  };
  socket.subscribe<{ figures: Figures }>(
    { query, variables: { id } },
    { next: ({ data }) => data && onEvent(data.figures), error: restart, complete: restart },
  );
}

function start(plan: Plan): void {
  const { campaignIds, businessId, reconnects } = plan;
  for (let i = 0; i < plan.sockets; i++) {
    const socket = connect(plan);
    for (let j = 0; j < plan.onEachSocket; j++) {
      const campaignId = campaignIds[j % (campaignIds.length + 1)];
      const seen = new Seen();
      const records = !campaignId && !subscribers.some((one) => one.campaignIds === campaignIds);
      subscribers.push({ campaignIds: campaignId ? [campaignId] : campaignIds, seen });
      const onEvent = (figures: Figures) => {
        // a business may have other campaigns
        if (!campaignIds.includes(figures.id)) return;
        events++;
        seen.see(figures);
        if (records) recorded.push(figures);
      };
      follow(
        socket,
        campaignId ? campaignStats : businessStats,
        campaignId ?? businessId,
        onEvent,
        reconnects,
      );
    }
  }
  if (plan.dropEveryMs > 0)
    setInterval(() => [...open][Math.floor(Math.random() * open.size)]?.terminate(), plan.dropEveryMs);
}

function answer({ expected, exactly }: Question): Answer {
  const behind = subscribers.filter(({ campaignIds, seen }) =>
    expected.some(
      (figures) =>
        campaignIds.includes(figures.id) &&
        (exactly ? !seen.shows(figures) : seen.versionOf(figures.id) < figures.version),
    ),
  );
  return {
    subscribers: subscribers.length,
    behind: behind.length,
    examples: behind
      .slice(0, 5)
      .map(
        ({ campaignIds, seen }) =>
          `${campaignIds.length > 1 ? 'of the business' : 'of a campaign'}, with version ` +
          expected.map(({ id, version }) => `${seen.versionOf(id)} of ${version}`).join(', '),
      ),
    events,
    problems: subscribers.flatMap(({ seen }) => seen.problems).slice(0, 20),
    // long, and asked for only at the end
    recorded: expected.length === 0 ? recorded : [],
  };
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: { plan: Plan } | { question: Question }) => {
  if ('plan' in message) start(message.plan);
  else process.send?.(answer(message.question));
});
process.send?.({ ready: true });
