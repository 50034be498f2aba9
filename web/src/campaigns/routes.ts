import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** What the list shows: one status or all, and the page. */
interface ListSearch {
  status?: string;
  page?: number;
}

function listSearch({ status, page }: Record<string, unknown>): ListSearch {
  return {
    ...(typeof status === 'string' && { status }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && { page }),
  };
}

const list = lazyRouteComponent(() => import('./campaigns-screen'), 'CampaignsScreen');

export const campaignsRoutes = [
  // A sign-in link leads here.
  createRoute({ getParentRoute: () => rootRoute, path: '/', validateSearch: listSearch, component: list }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/campaigns',
    validateSearch: listSearch,
    component: list,
  }),
] as const;
