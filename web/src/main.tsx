import './design/mantine.css';
import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { BusinessesDocument } from './generated/graphql';
import { loadLanguage } from './i18n/language';
import { router } from './router';
import { nextAddress } from './sign-in/next-address';
import { currentSession, signInByAddress } from './sign-in/session';
import { apiOf } from './sign-in/signed-in';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// Read by the scroll lock of dialogs, which adds a style of its own.
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** A sign-in link leads to the campaigns; a token on another address leads to that screen. */
function signInFromHash(): void {
  const { pathname, search } = location;
  signInByAddress(pathname === '/sign-in' ? nextAddress(search) : pathname + search);
}
signInFromHash();
// Opening another sign-in link in this tab changes only the fragment, and the page is not loaded again.
addEventListener('hashchange', signInFromHash);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
// The first question to the server, the texts and the files of the screen are on their way at the same time. An error is
// shown by the frame, which asks again.
const session = currentSession();
if (session)
  apiOf(session)
    .client.query({ query: BusinessesDocument })
    .catch(() => undefined);
await Promise.all([loadLanguage(), router.load()]);
createRoot(root).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
);
