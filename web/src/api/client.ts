import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { map } from 'rxjs';
import { NewestFigures } from '../live/newest-figures';
import { createSocket } from '../live/socket';
import type { Socket } from '../live/socket';

/** The connections to the server with one token. */
export interface Api {
  client: ApolloClient;
  socket: Socket;
  close: () => void;
}

/**
 * Queries and mutations over HTTP, subscriptions over one socket.
 * A query whose answer was lost is asked again for about a second. `onRefused` is called when the server refuses the
 * token.
 */
export function createApi(token: string, onRefused: () => void): Api {
  const socket = createSocket(token, onRefused);
  const newest = new NewestFigures();
  const refusal = new ErrorLink(({ error }) => {
    if (isRefusal(error)) onRefused();
  });
  const keepNewest = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((result) => (result.data ? { ...result, data: newest.keep(result.data) } : result)),
    ),
  );
  const askAgain = new RetryLink({
    delay: { initial: 200, jitter: true },
    attempts: {
      max: 4,
      retryIf: (error, { operationType }) => operationType === OperationTypeNode.QUERY && isLost(error),
    },
  });
  const transport = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(socket.client),
    new HttpLink({ uri: '/graphql', headers: { authorization: `Bearer ${token}` } }),
  );
  // The cache stores Campaign and CampaignStats by type and id, so every answer and event updates all components.
  const client = new ApolloClient({
    link: ApolloLink.from([refusal, keepNewest, askAgain, transport]),
    // TemplateLibrary has no id, and two screens ask for different fields of it: they are merged
    cache: new InMemoryCache({ typePolicies: { TemplateLibrary: { merge: true } } }),
    devtools: { enabled: import.meta.env.DEV },
  });
  return {
    client,
    socket,
    close: () => {
      client.stop();
      socket.close();
    },
  };
}

/** Nobody answered, as when the network changes or the server starts anew; fetch() rejects with a TypeError. */
function isLost(error: unknown): boolean {
  return error instanceof TypeError || (ServerError.is(error) && [502, 503, 504].includes(error.statusCode));
}

function isRefusal(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error))
    return error.errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
  return ServerError.is(error) && error.statusCode === 401;
}
