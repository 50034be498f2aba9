import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleControl } from './control';
import { Delivery } from './delivery';
import { openExchange, answerJson } from './exchange';
import { handleGraph, type Graph } from './graph';
import { openJournal } from './journal';
import { createPeople } from './people';
import { restore } from './restore';
import { Webhooks, type WebhookTarget } from './webhooks';
import { createWorld } from './world';

export interface SimulatorOptions {
  /** 0 takes a free port. */
  port?: number;
  /** 127.0.0.1 unless given. */
  host?: string;
  /** Where statuses and inbound messages go; without it nothing is told. */
  webhook?: WebhookTarget;
  /** The product's PUBLIC_URL: base of tracked links and of `POST /conversions`. */
  linkBase: string;
  seed?: number;
  /** Keeps accounts, templates, media and the ledger over a restart. */
  stateFile?: string;
  log?: (line: string) => void;
}

export interface Simulator {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * A stand-in for WhatsApp's Cloud API and the people behind it: takes sends by Meta's rules, reports
 * statuses by signed webhooks, opens tracked links, buys. Steered by `/_simulator/…`.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const linkBase = options.linkBase.replace(/\/+$/, '');
  const world = createWorld({ linkBase, defaultSeed: options.seed ?? 1, log });
  const webhooks = new Webhooks(world, options.webhook ?? null);
  const people = createPeople(world);
  const delivery = new Delivery(world, webhooks, people);
  if (options.stateFile) {
    await restore(world, delivery, options.stateFile);
    world.journal = openJournal(options.stateFile, log);
  }

  const graph: Graph = { world, webhooks, delivery, baseUrl: '' };
  const server = createServer((request, response) => {
    const exchange = openExchange(request, response);
    const handle = exchange.path[0] === '_simulator' ? handleControl : handleGraph;
    handle(graph, exchange).catch((error: unknown) => {
      log(
        `simulator failed on ${exchange.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
      if (!response.headersSent)
        answerJson(exchange, 500, { error: { message: 'The simulator failed, see its log.' } });
    });
  });
  // Longer than any client keeps an idle connection: a reset of ours would look like an ambiguous send.
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  graph.baseUrl = `http://${options.host ?? '127.0.0.1'}:${port}`;

  return {
    url: graph.baseUrl,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      delivery.reset();
      await Promise.all([closed, people.close(), webhooks.close()]);
      await world.journal.close();
    },
  };
}
