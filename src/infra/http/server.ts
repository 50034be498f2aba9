import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { json } from 'express';
import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { answerAnyOrigin, callerAt, isForAnyOrigin } from './any-origin';
import type { Caller } from './any-origin';
import { limitArrival } from './arrival';
import { errorAnswer } from './error-answer';
import { limitingRules, maxErrors, maxRequestBytes, maxTokens } from './limits';
import type { Log } from '../log';
import { wellFormedJson } from '../well-formed';
import { maskError } from './masking';
import { servePages, strictPolicy } from './pages';
import { serveSockets, upgradeOptions } from './sockets';
import type { SocketOptions } from './sockets';
import { serveWidgets } from './widgets';

export interface HttpOptions<C extends Caller> extends SocketOptions<C> {
  /** What resolvers get of a request; without a token there is no caller. */
  context: (caller: C | undefined) => object;
  routes: Router[];
  /** Gets each request before Express. Returns true when it answers the request itself, which then never reaches Express. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface HttpServer {
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

/** One port: GraphQL over HTTP and WebSocket, the plain paths, and the pages. */
export async function createHttpServer<C extends Caller>(options: HttpOptions<C>): Promise<HttpServer> {
  const app = express();
  // large files on slow lines take longer than Node allows a request; who receives them notices when a sender is silent
  const server = createServer(
    { ...upgradeOptions, requestTimeout: 0, headersTimeout: 60_000 },
    (request, response) => {
      if (!options.intercept(request, response)) app(request, response);
    },
  );
  const sockets = serveSockets(server, options);
  const apollo = new ApolloServer<object>({
    schema: options.schema,
    // the switch is one of our rules, for sockets alike
    introspection: true,
    validationRules: limitingRules(options.introspection),
    validationOptions: { maxErrors },
    executionOptions: { maxCoercionErrors: maxErrors },
    parseOptions: { maxTokens },
    hideSchemaDetailsFromClientErrors: true,
    maxRecursiveSelections: 10_000,
    // our own order of closing; Apollo's signal handlers would deadlock with it
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    formatError: (formatted, error) => maskError(error, formatted, options.log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: server, stopGracePeriodMillis: 5000 }),
      { serverWillStart: () => Promise.resolve({ drainServer: () => sockets.close() }) },
    ],
  });
  await apollo.start();

  app
    .disable('x-powered-by')
    .set('trust proxy', 'loopback, linklocal, uniquelocal')
    .set('query parser', 'simple');
  app.use(limitDuration);
  app.use(helmet({ contentSecurityPolicy: { directives: strictPolicy }, strictTransportSecurity: false }));
  options.routes.forEach((router) => app.use(router));
  app.use(
    '/graphql',
    answerAnyOrigin,
    json({ limit: maxRequestBytes, reviver: wellFormedJson }),
    expressMiddleware(apollo, {
      context: async ({ req }) => {
        const authorization = req.get('authorization');
        if (authorization === undefined && !isForAnyOrigin(req.originalUrl))
          return options.context(undefined);
        return options.context(await callerAt(req.originalUrl, authorization, options.authenticate));
      },
    }),
  );
  serveWidgets(app);
  servePages(app);
  app.use((_request, response) => {
    response.status(404).json({ error: { code: 'NOT_FOUND', message: 'There is nothing at this path' } });
  });
  app.use(answerErrors(options.log));

  return {
    listen: (port) => listen(server, port),
    close: () => apollo.stop(),
  };
}

const limitDuration: RequestHandler = (request, _response, next) => {
  if (!request.path.startsWith('/imports')) limitArrival(request);
  next();
};

/** Errors of the plain paths and of body parsing: JSON, with the code and nothing internal. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code, message } = errorAnswer(error);
    if (status >= 500 && code === 'INTERNAL_SERVER_ERROR')
      log.error({ err: error, path: request.path }, 'a request failed');
    if (request.path.startsWith('/graphql'))
      response.status(status).json({ errors: [{ message, extensions: { code } }] });
    else response.status(status).json({ error: { code, message } });
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
