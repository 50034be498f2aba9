import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';
import { isKind } from './kinds';
import type { Kind } from './kinds';

/** What the file holds. */
interface NewImportSearch {
  kind?: Kind;
}

export const importsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/imports',
    component: lazyRouteComponent(() => import('./imports-screen'), 'ImportsScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/imports/new',
    validateSearch: ({ kind }: Record<string, unknown>): NewImportSearch => (isKind(kind) ? { kind } : {}),
    component: lazyRouteComponent(() => import('./new-import-screen'), 'NewImportScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/imports/$importId',
    component: lazyRouteComponent(() => import('./import-screen'), 'ImportScreen'),
  }),
] as const;
