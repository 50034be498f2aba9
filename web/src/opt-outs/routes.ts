import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const optOutsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/opt-outs',
    component: lazyRouteComponent(() => import('./opt-outs-screen'), 'OptOutsScreen'),
  }),
] as const;
