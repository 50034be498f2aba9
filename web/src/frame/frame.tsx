import { useQuery } from '@apollo/client/react';
import { Outlet, useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { BusinessesDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { SkeletonRows } from '../ui/skeleton-rows';
import { BusinessProvider } from './business';
import { BusinessPicker } from './business-picker';
import { ConnectionBadge, OfflineBanner } from './connection';
import styles from './frame.module.css';
import { LanguagePicker } from './language-picker';
import { Mark } from './mark';
import { MenuButton, Navigation } from './navigation';
import { NoticeList, NoticesProvider } from './notices';
import { SchemeSwitch } from './scheme-switch';

/** What stands around every screen: navigation, the business, the state of the connection, language and colours. */
export function Frame() {
  const say = useText();
  const { data, error, refetch } = useQuery(BusinessesDocument);
  const { business: asked } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const businesses = data?.businesses ?? [];
  const business = businesses.find(({ id }) => id === asked) ?? businesses[0];
  const [menuOpen, setMenuOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useFocusOnNewScreen(screenOf(path), main);

  const choose = (id: string) => {
    // The screen of one campaign or contact is not of the other business: its list is shown instead.
    const list = `/${path.split('/')[1] ?? ''}`;
    void navigate({ to: list, search: { business: id } });
  };

  return (
    <div className={styles.frame}>
      <a
        className={styles.skip}
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {say('frame.skip')}
      </a>
      <header className={styles.top}>
        <MenuButton open={menuOpen} toggle={() => setMenuOpen(!menuOpen)} />
        <span className={styles.brand}>
          <Mark size={28} />
          <span>Dakiya</span>
        </span>
        {business && <BusinessPicker businesses={businesses} chosen={business} choose={choose} />}
        <span className={styles.space} />
        <ConnectionBadge timeZone={business?.timezone} />
        <LanguagePicker />
        <SchemeSwitch />
      </header>
      <Navigation open={menuOpen} close={() => setMenuOpen(false)} />
      <main id="content" ref={main} className={styles.main} tabIndex={-1}>
        <OfflineBanner timeZone={business?.timezone} />
        <div id="layers" className={styles.layers} />
        <NoticesProvider>
          <NoticeList />
          {business ? (
            <BusinessProvider value={business} key={business.id}>
              <Outlet />
            </BusinessProvider>
          ) : error ? (
            <ErrorState
              title={say('frame.businessesFailed')}
              error={error}
              retry={() => void refetch().catch(() => undefined)}
            />
          ) : data ? (
            <EmptyState title={say('frame.noBusiness')}>{say('frame.noBusinessNext')}</EmptyState>
          ) : (
            <SkeletonRows />
          )}
        </NoticesProvider>
      </main>
    </div>
  );
}

/** The steps of a new campaign are one screen: it moves the focus from step to step by itself. */
function screenOf(path: string): string {
  return path.replace(/^\/campaigns\/(?:new|[^/]+\/edit)\/.*/, '/campaigns/new');
}

/** Moves the focus to the content when another screen is shown, as a browser does when it loads a page. */
function useFocusOnNewScreen(screen: string, main: React.RefObject<HTMLElement | null>): void {
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    main.current?.focus({ preventScroll: true });
  }, [screen, main]);
}
