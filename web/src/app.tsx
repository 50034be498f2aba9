import { ApolloProvider } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { createApi } from './api/client';
import type { Api } from './api/client';
import { CampaignsPage } from './campaigns/campaigns-page';
import { refused, useSession } from './sign-in/session';
import type { Session } from './sign-in/session';
import { SignInPage } from './sign-in/sign-in-page';

export function App() {
  const { session, reason } = useSession();
  const path = session ? '/' : '/sign-in';
  useEffect(() => {
    // Without a session the address is /sign-in; with a session it is never /sign-in.
    if ((location.pathname === '/sign-in') === !session) return;
    history.replaceState(null, '', path);
  }, [session, path]);
  return session ? <SignedIn key={session.token} session={session} /> : <SignInPage reason={reason} />;
}

/** One API client per session; a new token gets a new client with an empty cache. */
function SignedIn({ session }: { session: Session }) {
  const [api, setApi] = useState<Api>();
  useEffect(() => {
    const created = createApi(session.token, () => refused(session));
    setApi(created);
    return () => created.close();
  }, [session]);
  if (!api) return null;
  return (
    <ApolloProvider client={api.client}>
      <CampaignsPage claims={session.claims} socket={api.socket} />
    </ApolloProvider>
  );
}
