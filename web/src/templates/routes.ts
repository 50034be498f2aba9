import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** What the list is limited to. */
export interface TemplatesSearch {
  search?: string;
  status?: string;
  category?: string;
  language?: string;
}

const getParentRoute = () => rootRoute;
const names = ['search', 'status', 'category', 'language'] as const;

export const templatesRoutes = [
  createRoute({
    getParentRoute,
    path: '/templates',
    validateSearch: (given: Record<string, unknown>): TemplatesSearch =>
      Object.fromEntries(
        names.flatMap((name) => {
          const value = given[name];
          return (typeof value === 'string' && value !== '') || typeof value === 'number'
            ? [[name, String(value)]]
            : [];
        }),
      ),
    component: lazyRouteComponent(() => import('./templates-screen'), 'TemplatesScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates/new',
    component: lazyRouteComponent(() => import('./new-template-screen'), 'NewTemplateScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates/$templateId',
    component: lazyRouteComponent(() => import('./template-screen'), 'TemplateScreen'),
  }),
] as const;
