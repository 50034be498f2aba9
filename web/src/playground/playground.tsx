import { GraphiQL } from 'graphiql';
import { useMemo } from 'react';
import { Mark } from '../frame/mark';
import { useSession } from '../sign-in/session';
import { examples } from './examples';
import { createFetcher } from './fetcher';

/** GraphiQL for this server's API, with the token of the person who is signed in in this tab. */
export function Playground() {
  const { session } = useSession();
  const token = session?.token;
  const fetcher = useMemo(() => createFetcher(token), [token]);
  const tabs = useMemo(() => examples(session?.claims.businessIds[0] ?? ''), [session]);
  return (
    <div className="playground">
      {session === undefined && (
        <p className="playground-note" role="status">
          Nobody is signed in, so the API refuses all requests except for the schema.{' '}
          <a href="/sign-in">Sign in</a>, then return to the playground in this tab.
        </p>
      )}
      <GraphiQL fetcher={fetcher} defaultTabs={tabs} defaultEditorToolsVisibility="variables">
        <GraphiQL.Logo>
          <a className="playground-logo" href="/" title="Go to the campaigns">
            <Mark size={26} /> Dakiya
          </a>
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
