import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { signInByAddress } from './sign-in/session';
import './frame/tokens.css';
import './frame/base.css';
import './frame/frame.css';

signInByAddress('/');
// Opening another sign-in link in this tab changes only the fragment, and the page is not loaded again.
addEventListener('hashchange', () => signInByAddress('/'));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
