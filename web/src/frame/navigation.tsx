import { Button } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useText } from '../i18n/text';
import { signOut } from '../sign-in/session';
import { useSignedIn } from '../sign-in/signed-in';
import styles from './frame.module.css';
import { MenuIcon } from './icons';

const groups = [
  [
    { to: '/campaigns', text: 'frame.campaigns' },
    { to: '/contacts', text: 'frame.contacts' },
    { to: '/segments', text: 'frame.segments' },
    { to: '/imports', text: 'frame.imports' },
    { to: '/opt-outs', text: 'frame.optOuts' },
  ],
  [
    { to: '/templates', text: 'frame.templates' },
    { to: '/products', text: 'frame.products' },
    { to: '/phone-numbers', text: 'frame.phoneNumbers' },
    { to: '/settings', text: 'frame.settings' },
  ],
] as const;

const navigationId = 'navigation';

/** On phones: opens the navigation. */
export function MenuButton({ open, toggle }: { open: boolean; toggle: () => void }) {
  const say = useText();
  return (
    <Button
      className={styles.menu}
      variant="subtle"
      px={8}
      aria-expanded={open}
      aria-controls={navigationId}
      aria-label={say('frame.menu')}
      onClick={toggle}
    >
      <MenuIcon />
    </Button>
  );
}

/** Always there on a wide screen; on a phone it is opened by the menu button and closes itself when a screen is chosen. */
export function Navigation({ open, close }: { open: boolean; close: () => void }) {
  const say = useText();
  const { claims } = useSignedIn();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const nav = useRef<HTMLElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    nav.current?.querySelector('a')?.focus();
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      close();
      document.querySelector<HTMLElement>(`[aria-controls='${navigationId}']`)?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open, close]);

  return (
    <nav
      id={navigationId}
      ref={nav}
      className={styles.navigation}
      data-open={open}
      aria-label={say('frame.navigation')}
    >
      {groups.map((group) => (
        <ul key={group[0].to}>
          {group.map(({ to, text }) => (
            <li key={to}>
              <Link to={to} aria-current={isAt(path, to) ? 'page' : undefined} onClick={close}>
                {say(text)}
              </Link>
            </li>
          ))}
        </ul>
      ))}
      <div className={styles.who}>
        <p>
          <span className="visually-hidden">{say('frame.signedInAs')} </span>
          <span className={styles.subject}>{claims.subject}</span>
          <span className="muted small">{say('frame.role', { role: claims.role })}</span>
        </p>
        <Button fullWidth onClick={signOut}>
          {say('frame.signOut')}
        </Button>
        <a className="small" href="/playground">
          {say('frame.playground')}
        </a>
      </div>
    </nav>
  );
}

/** The campaigns are also what `/` shows. */
function isAt(path: string, to: string): boolean {
  return path === to || path.startsWith(`${to}/`) || (path === '/' && to === '/campaigns');
}
