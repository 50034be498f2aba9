import { useSyncExternalStore } from 'react';
import type { MessageId } from '../i18n/message-ids';
import { readToken, tokenIn } from './token';
import type { Claims } from './token';

/** A person who is signed in. Ends when the tab is closed, on sign-out, or when the server refuses the token. */
export interface Session {
  token: string;
  claims: Claims;
}

interface State {
  session: Session | undefined;
  /** Why the last session ended; the sign-in page shows it. */
  reason: MessageId | undefined;
}

const storageKey = 'dakiya.token';

let state: State = { session: stored(), reason: undefined };
const listeners = new Set<() => void>();

export function useSession(): State {
  return useSyncExternalStore(subscribe, () => state);
}

export function currentSession(): Session | undefined {
  return state.session;
}

/** Signs in with a token, or with a whole sign-in link. Returns what is wrong with it, if anything. */
export function signIn(text: string): MessageId | undefined {
  const token = tokenIn(text);
  const claims = readToken(token);
  if (!claims) return 'signIn.notAToken';
  sessionStorage.setItem(storageKey, token);
  change({ session: { token, claims }, reason: undefined });
  return undefined;
}

export function signOut(): void {
  end(undefined);
}

/** The server refused this token. The refusal of an earlier token changes nothing. */
export function refused({ token, claims }: Session): void {
  if (state.session?.token !== token) return;
  end(claims.expiresAt <= Date.now() ? 'signIn.expired' : 'signIn.refused');
}

/**
 * Signs in with the token in the address, if there is one, and removes it, so that it stays neither in the address bar
 * nor in the history. `goTo` is the address afterwards, once somebody is signed in.
 */
export function signInByAddress(goTo: string): void {
  if (!location.hash.startsWith('#token=')) return;
  const problem = signIn(location.hash);
  history.replaceState(null, '', problem ? location.pathname : goTo);
  if (problem) end(problem);
}

function end(reason: MessageId | undefined): void {
  sessionStorage.removeItem(storageKey);
  change({ session: undefined, reason });
}

function stored(): Session | undefined {
  const token = sessionStorage.getItem(storageKey);
  const claims = token === null ? undefined : readToken(token);
  return token !== null && claims ? { token, claims } : undefined;
}

function change(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

/** Calls `listener` after each sign-in and sign-out. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
