import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** The number that was added: the walk goes on with it after a reload. */
interface NewNumberSearch {
  number?: string;
}

export const phoneNumbersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/phone-numbers',
    component: lazyRouteComponent(() => import('./phone-numbers-screen'), 'PhoneNumbersScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/phone-numbers/new',
    validateSearch: ({ number }: Record<string, unknown>): NewNumberSearch =>
      typeof number === 'string' && number !== '' ? { number } : {},
    component: lazyRouteComponent(() => import('./new-number-screen'), 'NewNumberScreen'),
  }),
] as const;
