import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** The part of a name that the list is limited to. */
interface ListSearch {
  search?: string;
}

/** What a new segment starts with, e.g. the filter of another screen. */
interface NewSearch {
  type?: string;
  filter?: Record<string, unknown>;
}

const segment = lazyRouteComponent(() => import('./segment-screen'), 'SegmentScreen');

export const segmentsRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/segments',
    validateSearch: ({ search }: Record<string, unknown>): ListSearch =>
      (typeof search === 'string' && search !== '') || typeof search === 'number'
        ? { search: String(search) }
        : {},
    component: lazyRouteComponent(() => import('./segments-screen'), 'SegmentsScreen'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/segments/new',
    validateSearch: ({ type, filter }: Record<string, unknown>): NewSearch => ({
      ...(typeof type === 'string' && { type }),
      ...(isObject(filter) && { filter }),
    }),
    component: lazyRouteComponent(() => import('./segment-screen'), 'NewSegmentScreen'),
  }),
  createRoute({ getParentRoute: () => rootRoute, path: '/segments/$segmentId', component: segment }),
] as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
