import { createGraphiQLFetcher } from '@graphiql/toolkit';
import type { Fetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';

/** Queries and mutations over HTTP, subscriptions over a socket that is open only while a subscription runs. */
export function createFetcher(token: string | undefined): Fetcher {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createGraphiQLFetcher({
    url: '/graphql',
    headers: authorization,
    wsClient: createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: authorization,
      lazy: true,
    }),
  });
}
