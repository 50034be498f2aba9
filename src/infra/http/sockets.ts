import type { IncomingMessage, Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { getOperationAST, GraphQLError } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { toUserError, UserError } from '../errors';
import { callerAt, isForAnyOrigin } from './any-origin';
import type { AuthenticateCaller, Caller } from './any-origin';
import { CheckedDocuments, maxErrors } from './limits';
import type { Log } from '../log';
import { wellFormedJson } from '../well-formed';
import { maskError } from './masking';
import { subscribeShared } from './shared-execution';
import type { SharedSubscription } from './shared-execution';

export interface SocketOptions<C extends Caller> {
  schema: GraphQLSchema;
  authenticate: AuthenticateCaller<C>;
  context: (caller: C) => object;
  introspection: boolean;
  publicUrl: string;
  log: Log;
}

const maxSocketsPerUser = 50;
/** Of one published token's subject: its visitors. More than a process should hold for one public page. */
const maxSocketsOfPublished = 1000;
const maxOperationsPerSocket = 50;
const maxFrameBytes = 64 * 1024;
/** So often a socket is asked for a sign of life; one that has not answered by the next time is closed, after 20 seconds at most. */
const keepAliveMs = 10_000;
/** The longest a timer can be set to; a token that lives longer is looked at again then. */
const longestTimer = 2 ** 31 - 1;

interface Connection<C> extends Record<PropertyKey, unknown> {
  caller?: C;
}

/**
 * GraphQL over WebSocket (graphql-transport-ws) at /graphql. Nothing of Apollo's protection reaches sockets, so the
 * same token check, limits and masking are wired here. Closing codes: 4408 no init in time, 4401 subscribe before
 * the ack, 4403 bad or ended token, 4429 too many sockets, 1013 while tokens cannot be checked, 1001 when the server stops.
 */
export function serveSockets<C extends Caller>(
  server: Server,
  options: SocketOptions<C>,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has('graphql-transport-ws') ? 'graphql-transport-ws' : false),
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // Node hands the bare socket over without a listener; a reset of it must not end the process.
    socket.on('error', () => socket.destroy());
    const refusal = refuseUpgrade(request, options.publicUrl);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      sockets.emit('connection', webSocket, request),
    );
  });

  const open = new Map<string, Set<WebSocket>>();
  const documents = new CheckedDocuments(options.schema, options.introspection);
  const disposable = useServer<Record<string, unknown>, Connection<C>>(
    {
      schema: options.schema,
      connectionInitWaitTimeout: 3000,
      jsonMessageReviver: wellFormedJson,
      onConnect: async (connection) => {
        const { socket, request } = connection.extra;
        let caller: C;
        try {
          const given =
            connection.connectionParams?.authorization ?? connection.connectionParams?.Authorization;
          const authorization = typeof given === 'string' ? given : undefined;
          caller = await callerAt(request.url ?? '', authorization, options.authenticate);
        } catch (error) {
          if (toUserError(error).code === 'SERVICE_UNAVAILABLE') socket.close(1013, 'Try again later');
          return false;
        }
        // gone while the token was looked at: its close has been and would never give the place back
        if (socket.readyState !== socket.OPEN) return false;
        const mine = open.get(caller.subject) ?? new Set();
        if (mine.size >= (caller.published ? maxSocketsOfPublished : maxSocketsPerUser)) {
          socket.close(4429, 'Too many sockets');
          return false;
        }
        open.set(caller.subject, mine.add(socket));
        const stopWatch = closeWhenTokenEnds(socket, caller);
        socket.once('close', () => {
          stopWatch();
          mine.delete(socket);
          if (mine.size === 0) open.delete(caller.subject);
        });
        connection.extra.caller = caller;
        return true;
      },
      // Parsing here, since a syntax error that reaches graphql-ws closes the whole socket with all its subscriptions.
      onSubscribe: (connection, id, { query, operationName, variables }) => {
        if (Object.keys(connection.subscriptions).length > maxOperationsPerSocket) {
          return [
            new UserError('RATE_LIMITED', `At most ${maxOperationsPerSocket} operations on one socket`),
          ];
        }
        const checked = documents.check(query);
        if ('errors' in checked) return checked.errors;
        if (!getOperationAST(checked.document, operationName)) {
          const extensions = { code: 'OPERATION_RESOLUTION_FAILURE' };
          return [
            new GraphQLError('operationName: expected the name of one operation of the document', {
              extensions,
            }),
          ];
        }
        const caller = connection.extra.caller as C;
        const args: SharedSubscription = {
          schema: options.schema,
          document: checked.document,
          operationName,
          variableValues: variables,
          contextValue: options.context(caller),
          options: { maxCoercionErrors: maxErrors },
          audience: caller.audience,
          send: sender(connection.extra.socket, id),
        };
        return args;
      },
      subscribe: (args) => subscribeShared(args as SharedSubscription),
      onError: (_connection, _id, _payload, errors) => errors.map((error) => masked(error, options.log)),
      onNext: (_connection, _id, _payload, _args, result) =>
        result.errors
          ? { ...result, errors: result.errors.map((error) => masked(error, options.log)) }
          : result,
    },
    sockets,
    keepAliveMs,
  );

  return {
    close: async () => {
      await disposable.dispose();
    },
  };
}

/**
 * Options for `createServer`: only an offer of WebSocket is an upgrade. Some HTTP clients (Java's, `curl --http2`) offer
 * HTTP/2 with ordinary requests; a server may ignore that. Node 20 does not know the option.
 */
export const upgradeOptions: ServerOptions & { shouldUpgradeCallback(request: IncomingMessage): boolean } = {
  shouldUpgradeCallback: offersWebSocket,
};

function offersWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** A foreign page must not open sockets with what its visitor knows, but for widgets; programs send no Origin. */
function refuseUpgrade(request: IncomingMessage, publicUrl: string): string | undefined {
  // Only Node 20 hands these over; it has not read the body, so the request cannot be answered as usual.
  if (!offersWebSocket(request)) return '400 Bad Request';
  if (request.url?.split('?', 1)[0] !== '/graphql') return '404 Not Found';
  if (isForAnyOrigin(request.url)) return undefined;
  const { origin, host } = request.headers;
  if (!origin || !URL.canParse(origin)) return origin ? '403 Forbidden' : undefined;
  return new URL(origin).host === host || new URL(publicUrl).origin === origin ? undefined : '403 Forbidden';
}

/** Sends the answers to one subscription, each given as JSON. A connection that breaks meanwhile ends by its own `close`. */
function sender(socket: WebSocket, id: string): (answer: string) => Promise<void> {
  const end = `,"id":${JSON.stringify(id)}}`;
  return (answer) =>
    new Promise((sent) => {
      if (socket.readyState === socket.OPEN)
        socket.send(`{"type":"next","payload":${answer}${end}`, () => sent());
      else sent();
    });
}

/** The server owns the end of a token: a client's own timer is no control. */
function closeWhenTokenEnds(socket: WebSocket, caller: Caller): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = caller.expiresAt - Date.now();
    if (left <= 0) socket.close(4403, 'Forbidden');
    else timer = setTimeout(wait, Math.min(left, longestTimer));
  };
  wait();
  return () => clearTimeout(timer);
}

function masked(error: GraphQLError, log: Log): GraphQLError {
  const { message, extensions } = maskError(error, error.toJSON(), log);
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: extensions ?? {},
  });
}
