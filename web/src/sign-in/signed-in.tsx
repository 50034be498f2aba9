import { ApolloProvider } from '@apollo/client/react';
import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import { createApi } from '../api/client';
import type { Api } from '../api/client';
import type { Socket } from '../live/socket';
import { currentSession, refused, subscribe } from './session';
import type { Session } from './session';
import { may } from './token';
import type { Claims, Role } from './token';

interface SignedInState {
  token: string;
  claims: Claims;
  socket: Socket;
}

const Context = createContext<SignedInState | undefined>(undefined);

/** The connections of the session. Outside React, so that the first request does not wait for the page to be drawn. */
let open: { session: Session; api: Api } | undefined;

subscribe(() => {
  if (!open || open.session === currentSession()) return;
  open.api.close();
  open = undefined;
});

/** The connections of a session. A new token gets new ones, with an empty cache. */
export function apiOf(session: Session): Api {
  if (open?.session !== session) {
    open?.api.close();
    open = { session, api: createApi(session.token, () => refused(session)) };
  }
  return open.api;
}

/** Gives its children the connections of a session. */
export function SignedIn({ session, children }: { session: Session; children: ReactNode }) {
  const { client, socket } = apiOf(session);
  return (
    <ApolloProvider client={client}>
      <Context value={{ ...session, socket }}>{children}</Context>
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
