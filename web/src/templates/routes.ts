import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const templatesRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/templates',
    component: lazyRouteComponent(() => import('./templates-screen'), 'TemplatesScreen'),
  }),
] as const;
