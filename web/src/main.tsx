import './design/mantine.css';
import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { loadLanguage } from './i18n/language';
import { nextAddress } from './sign-in/next-address';
import { signInByAddress } from './sign-in/session';

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
await loadLanguage();
createRoot(root).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
);
