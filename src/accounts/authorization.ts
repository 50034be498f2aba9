import type { AuthCheckerFn } from 'type-graphql';
import type { Context } from './context';
import { unauthenticated, UserError } from '../infra/errors';
import type { Role, Viewer } from './viewer';
import type { WidgetReader } from './widget-token';

/** `@Authorized<Access>([role, Widget])`: a widget token may ask too; the resolver checks for which campaign. */
export const Widget = 'WIDGET';
export type Access = Role | typeof Widget;

/** `@Authorized(role)`: UNAUTHENTICATED without a token, FORBIDDEN below the role and for a widget token. */
export const checkAuthorization: AuthCheckerFn<Context, Access> = ({ context }, accesses) => {
  if (context.widget && accesses.includes(Widget)) return true;
  const viewer = viewerOf(context);
  for (const access of accesses) if (access !== Widget) viewer.mustBe(access);
  return true;
};

/** The viewer of a request that needs one. */
export function viewerOf(context: Context): Viewer {
  if (context.widget)
    throw new UserError('FORBIDDEN', 'A widget token reads the figures of its campaign, and nothing else');
  if (!context.viewer) throw unauthenticated();
  return context.viewer;
}

/** Who asks for the figures of a campaign: a viewer, or a widget. */
export function readerOf(context: Context): Viewer | WidgetReader {
  return context.widget ?? viewerOf(context);
}
