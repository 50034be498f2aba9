import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** Without a session the root route shows the sign-in page itself. */
export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
      typeof next === 'string' ? { next } : {},
  }),
] as const;
