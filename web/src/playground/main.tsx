import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { signInByAddress } from '../sign-in/session';
import { Playground } from './playground';

signInByAddress('/playground');
addEventListener('hashchange', () => signInByAddress('/playground'));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(<Playground />);
