import { ApolloProvider } from '@apollo/client/react';
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { createApi } from '../api/client';
import type { Api } from '../api/client';
import type { Socket } from '../live/socket';
import { refused } from './session';
import type { Session } from './session';
import { may } from './token';
import type { Claims, Role } from './token';

interface SignedInState {
  token: string;
  claims: Claims;
  socket: Socket;
}

const Context = createContext<SignedInState | undefined>(undefined);

/** Gives its children the connections of a session. A new token gets new ones, with an empty cache. */
export function SignedIn({ session, children }: { session: Session; children: ReactNode }) {
  const [api, setApi] = useState<Api>();
  useEffect(() => {
    const created = createApi(session.token, () => refused(session));
    setApi(created);
    return () => created.close();
  }, [session]);
  if (!api) return null;
  return (
    <ApolloProvider client={api.client}>
      <Context value={{ ...session, socket: api.socket }}>{children}</Context>
    </ApolloProvider>
  );
}

/** Who is signed in. `token` is for requests that are not GraphQL: `Authorization: Bearer <token>`. */
export function useSignedIn(): SignedInState {
  const state = use(Context);
  if (!state) throw new Error('Nobody is signed in here');
  return state;
}

/** Whether the person may do what `needed` may. Hide what they may not; the server checks it again. */
export function useMay(needed: Role): boolean {
  return may(useSignedIn().claims.role, needed);
}
