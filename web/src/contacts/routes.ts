import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';
import type { AudienceFilterInput } from '../generated/graphql';

/** What the list shows. */
export interface ContactsSearch {
  /** Leads if it is left out. */
  kind?: 'customers';
  search?: string;
  filter?: AudienceFilterInput;
}

function contactsSearch({ kind, search, filter }: Record<string, unknown>): ContactsSearch {
  return {
    ...(kind === 'customers' && { kind }),
    // A phone in an address that somebody wrote by hand is read as a number.
    ...((typeof search === 'string' || typeof search === 'number') &&
      search !== '' && { search: String(search) }),
    ...(typeof filter === 'object' && filter !== null && !Array.isArray(filter) && { filter }),
  };
}

const getParentRoute = () => rootRoute;

export const contactsRoutes = [
  createRoute({
    getParentRoute,
    path: '/contacts',
    validateSearch: contactsSearch,
    component: lazyRouteComponent(() => import('./contacts-screen'), 'ContactsScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/contacts/new',
    validateSearch: ({ kind }: Record<string, unknown>): Pick<ContactsSearch, 'kind'> =>
      kind === 'customers' ? { kind } : {},
    component: lazyRouteComponent(() => import('./new-contact-screen'), 'NewContactScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/contacts/$contactId',
    component: lazyRouteComponent(() => import('./contact-screen'), 'ContactScreen'),
  }),
  createRoute({
    getParentRoute,
    path: '/contacts/$contactId/edit',
    component: lazyRouteComponent(() => import('./edit-contact-screen'), 'EditContactScreen'),
  }),
] as const;
