import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../frame/root-route';

/** Which people of a campaign are listed, and whose story is open. */
export interface PeopleSearch {
  /** A `RecipientStatus`. */
  status?: string;
  /** A `RecipientOutcome`. */
  outcome?: string;
  /** An error code of WhatsApp. */
  code?: number;
  find?: string;
  /** The id of a recipient. */
  person?: string;
}

function peopleSearch({ status, outcome, code, find, person }: Record<string, unknown>): PeopleSearch {
  return {
    ...(typeof status === 'string' && status !== '' && { status }),
    ...(typeof outcome === 'string' && outcome !== '' && { outcome }),
    ...(typeof code === 'number' && Number.isInteger(code) && { code }),
    // A phone in an address is read as a number.
    ...(((typeof find === 'string' && find !== '') || typeof find === 'number') && { find: String(find) }),
    ...((typeof person === 'string' || typeof person === 'number') && { person: String(person) }),
  };
}

/** What the list shows: one status or all, a part of the name, the order, and the page. */
export interface ListSearch {
  status?: string;
  search?: string;
  sort?: string;
  page?: number;
}

function listSearch({ status, search, sort, page }: Record<string, unknown>): ListSearch {
  return {
    ...(typeof status === 'string' && { status }),
    // A number in an address is read as one.
    ...(((typeof search === 'string' && search !== '') || typeof search === 'number') && {
      search: String(search),
    }),
    ...(typeof sort === 'string' && { sort }),
    ...(typeof page === 'number' && Number.isInteger(page) && page > 1 && { page }),
  };
}

const list = lazyRouteComponent(() => import('./campaigns-screen'), 'CampaignsScreen');

export const campaignsRoutes = [
  // A sign-in link leads here.
  createRoute({ getParentRoute: () => rootRoute, path: '/', validateSearch: listSearch, component: list }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/campaigns',
    validateSearch: listSearch,
    component: list,
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/campaigns/$campaignId',
    validateSearch: peopleSearch,
    component: lazyRouteComponent(() => import('./one/campaign-screen'), 'CampaignScreen'),
  }),
  // The steps of a new campaign, /campaigns/new/audience, and of a draft, /campaigns/ID/edit/audience: one route, so that
  // the screen stays when one goes from step to step and when a new campaign gets its id.
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/campaigns/$first/$second/{-$third}',
    component: lazyRouteComponent(() => import('./new/wizard-screen'), 'WizardScreen'),
  }),
] as const;
