import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleControl } from './control';
import { Delivery } from './delivery';
import { openContext, answerJson } from './request-context';
import { handleGraph } from './graph';
import type { Services } from './services';
import { openJournal } from './journal';
import { createRecipientActions } from './recipient-actions';
import { restore } from './restore';
import { Webhooks, type WebhookTarget } from './webhooks';
import { createState } from './state';

export interface SimulatorOptions {
  /** 0 (the default) chooses a free port. */
  port?: number;
  /** Defaults to 127.0.0.1. */
  host?: string;
  /** Receiver of all webhooks; without it none are sent. */
  webhook?: WebhookTarget;
  /** The product's PUBLIC_URL: prefix of tracked links and of `POST /conversions`. */
  linkBase: string;
  seed?: number;
  /** File that preserves accounts, templates, media and the ledger across restarts. */
  stateFile?: string;
  log?: (line: string) => void;
}

export interface Simulator {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Starts a simulator of WhatsApp's Cloud API and of the recipients: it validates sends by Meta's rules,
 * reports statuses by signed webhooks, opens tracked links and places orders. Controlled by the API
 * under `/_simulator/`.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const linkBase = options.linkBase.replace(/\/+$/, '');
  const state = createState({ linkBase, defaultSeed: options.seed ?? 1, log });
  const webhooks = new Webhooks(state, options.webhook ?? null);
  const actions = createRecipientActions(state);
  const delivery = new Delivery(state, webhooks, actions);
  if (options.stateFile) {
    await restore(state, delivery, options.stateFile);
    state.journal = openJournal(options.stateFile, log);
  }

  const services: Services = { state, webhooks, delivery, baseUrl: '' };
  const server = createServer((request, response) => {
    const context = openContext(request, response);
    const handle = context.path[0] === '_simulator' ? handleControl : handleGraph;
    handle(services, context).catch((error: unknown) => {
      log(
        `simulator failed on ${context.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
      if (!response.headersSent)
        answerJson(context, 500, { error: { message: 'The simulator failed, see its log.' } });
    });
  });
  // Longer than clients keep idle connections: if the server closed one first, a send could fail with an unknown outcome.
  server.keepAliveTimeout = 600_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  services.baseUrl = `http://${options.host ?? '127.0.0.1'}:${port}`;

  return {
    url: services.baseUrl,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      delivery.reset();
      await Promise.all([closed, actions.close(), webhooks.close()]);
      await state.journal.close();
    },
  };
}
