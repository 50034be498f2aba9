import type { ReactNode } from 'react';
import { signOut } from '../sign-in/session';
import type { Claims } from '../sign-in/token';
import { Mark } from './mark';

const roleNames = { VIEWER: 'Viewer', MARKETER: 'Marketer', ADMIN: 'Admin', OPERATOR: 'Operator' };

/** The product's name, the page's own controls (`children`), and who is signed in. */
export function Header({ claims, children }: { claims: Claims; children?: ReactNode }) {
  return (
    <header className="header">
      <a className="brand" href="/">
        <Mark size={30} />
        <span>Dakiya</span>
      </a>
      {children}
      <div className="who">
        <span className="who-name" title={`Signed in as ${claims.subject}`}>
          {claims.subject}
        </span>
        <span className="who-role">{roleNames[claims.role]}</span>
      </div>
      <button type="button" className="button button-quiet" onClick={signOut}>
        Sign out
      </button>
    </header>
  );
}
