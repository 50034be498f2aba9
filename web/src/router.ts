import { createRouter } from '@tanstack/react-router';
import { campaignsRoutes } from './campaigns/routes';
import { contactsRoutes } from './contacts/routes';
import { ScreenError } from './frame/problems';
import { rootRoute } from './frame/root-route';
import { importsRoutes } from './imports/routes';
import { optOutsRoutes } from './opt-outs/routes';
import { phoneNumbersRoutes } from './phone-numbers/routes';
import { productsRoutes } from './products/routes';
import { segmentsRoutes } from './segments/routes';
import { settingsRoutes } from './settings/routes';
import { signInRoutes } from './sign-in/routes';
import { templatesRoutes } from './templates/routes';
import { SkeletonRows } from './ui/skeleton-rows';

/** Every address of the page. A folder lists its own in `routes.ts`; each screen is loaded when it is first shown. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...signInRoutes,
    ...campaignsRoutes,
    ...contactsRoutes,
    ...segmentsRoutes,
    ...importsRoutes,
    ...optOutsRoutes,
    ...templatesRoutes,
    ...productsRoutes,
    ...phoneNumbersRoutes,
    ...settingsRoutes,
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: SkeletonRows,
  defaultErrorComponent: ScreenError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
