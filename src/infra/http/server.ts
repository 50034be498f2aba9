import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import express, { json } from 'express';
import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { toUserError, UserError } from '../errors';
import { answerAnyOrigin, callerAt, isForAnyOrigin } from './any-origin';
import type { Caller } from './any-origin';
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
}

export interface HttpServer {
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

/** One port: GraphQL over HTTP and WebSocket, the plain paths, and the pages. */
export async function createHttpServer<C extends Caller>(options: HttpOptions<C>): Promise<HttpServer> {
  const app = express();
  // large files on slow lines take longer than Node allows a request; who receives them notices when a sender is silent
  const server = createServer({ ...upgradeOptions, requestTimeout: 0, headersTimeout: 60_000 }, app);
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

/** How long the body of a request may take to arrive, except for files to be imported. */
const longestRequestMs = 300_000;

const limitDuration: RequestHandler = (request, _response, next) => {
  if (!request.complete && !request.path.startsWith('/imports')) {
    // an answer may take as long as it likes
    const timer = setTimeout(() => !request.complete && request.destroy(), longestRequestMs);
    const clear = () => clearTimeout(timer);
    request.once('end', clear).once('close', clear);
  }
  next();
};

/** Errors of the plain paths and of body parsing: JSON, with the code and nothing internal. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code, message } = described(error);
    if (status >= 500 && code === 'INTERNAL_SERVER_ERROR')
      log.error({ err: error, path: request.path }, 'a request failed');
    if (request.path.startsWith('/graphql'))
      response.status(status).json({ errors: [{ message, extensions: { code } }] });
    else response.status(status).json({ error: { code, message } });
  };
}

function described(error: unknown): { status: number; code: string; message: string } {
  // body-parser's own errors carry a status and a type
  const { status, type } = error as { status?: number; type?: string };
  if (!(error instanceof UserError) && typeof status === 'number' && status >= 400 && status < 500) {
    if (type === 'entity.too.large')
      return { status: 413, code: 'BAD_USER_INPUT', message: 'The request body is too large' };
    if (type === 'entity.parse.failed')
      return { status: 400, code: 'BAD_REQUEST', message: 'The request body is not valid JSON' };
    return {
      status,
      code: status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST',
      message: 'The request cannot be read',
    };
  }
  const shown = toUserError(error);
  return { status: shown.httpStatus, code: shown.code, message: shown.message };
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
