import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

export const productsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/products',
    component: lazyRouteComponent(() => import('./products-screen'), 'ProductsScreen'),
  }),
] as const;
