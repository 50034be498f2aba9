import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

interface OptOutsSearch {
  search?: string;
}

const getParentRoute = () => rootRoute;

export const optOutsRoutes = [
  createRoute({
    getParentRoute,
    path: '/opt-outs',
    // A phone in an address that somebody wrote by hand is read as a number.
    validateSearch: ({ search }: Record<string, unknown>): OptOutsSearch =>
      (typeof search === 'string' || typeof search === 'number') && search !== ''
        ? { search: String(search) }
        : {},
    component: lazyRouteComponent(() => import('./opt-outs-screen'), 'OptOutsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/opt-outs/new',
    component: lazyRouteComponent(() => import('./add-opt-outs-screen'), 'AddOptOutsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/opt-outs/$phone',
    component: lazyRouteComponent(() => import('./opt-out-screen'), 'OptOutScreen'),
  }),
] as const;
