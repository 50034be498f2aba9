import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const phoneNumbersRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/phone-numbers',
    component: lazyRouteComponent(() => import('./phone-numbers-screen'), 'PhoneNumbersScreen'),
  }),
] as const;
