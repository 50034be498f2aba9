import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** The part of a name, or of an id in the catalogue, that the list is limited to. */
interface ListSearch {
  search?: string;
}

const getParentRoute = () => rootRoute;

export const productsRoutes = [
  createRoute({
    getParentRoute,
    path: '/products',
    // A number that somebody wrote by hand is read as a number.
    validateSearch: ({ search }: Record<string, unknown>): ListSearch =>
      (typeof search === 'string' && search !== '') || typeof search === 'number'
        ? { search: String(search) }
        : {},
    component: lazyRouteComponent(() => import('./products-screen'), 'ProductsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/new',
    component: lazyRouteComponent(() => import('./product-screen'), 'NewProductScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$productId',
    component: lazyRouteComponent(() => import('./product-screen'), 'ProductScreen'),
  }),
] as const;
