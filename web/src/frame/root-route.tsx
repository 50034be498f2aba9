import { createRootRoute, retainSearchParams, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useSession } from '../sign-in/session';
import { SignedIn } from '../sign-in/signed-in';
import { nextAddress } from '../sign-in/next-address';
import { Frame } from './frame';
import { NoScreen, ScreenError } from './problems';

const SignInPage = lazy(() => import('../sign-in/sign-in-page'));

/** Of every address: which business the screen is about. It stays when another screen is chosen. */
interface RootSearch {
  business?: string;
}

export const rootRoute = createRootRoute({
  validateSearch: ({ business }: Record<string, unknown>): RootSearch =>
    typeof business === 'string' ? { business } : {},
  search: { middlewares: [retainSearchParams(['business'])] },
  component: Root,
  notFoundComponent: NoScreen,
  errorComponent: ScreenError,
});

/** Without a session the address is /sign-in; with a session it never is. */
function Root() {
  const { session, reason } = useSession();
  const router = useRouter();
  const navigate = useNavigate();
  const signedIn = session !== undefined;
  useEffect(() => {
    const { pathname, href } = router.state.location;
    if ((pathname === '/sign-in') === !signedIn) return;
    if (signedIn) router.history.replace(nextAddress(router.state.location.searchStr));
    else void navigate({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true });
  }, [signedIn, router, navigate]);
  if (!session)
    return (
      <Suspense fallback={null}>
        <SignInPage reason={reason} />
      </Suspense>
    );
  return (
    <SignedIn key={session.token} session={session}>
      <Frame />
    </SignedIn>
  );
}
