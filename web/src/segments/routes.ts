import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const segmentsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/segments',
    component: lazyRouteComponent(() => import('./segments-screen'), 'SegmentsScreen'),
  }),
] as const;
