import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const contactsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contacts',
    component: lazyRouteComponent(() => import('./contacts-screen'), 'ContactsScreen'),
  }),
] as const;
