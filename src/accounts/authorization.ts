import type { AuthCheckerFn } from 'type-graphql';
import type { Context } from './context';
import { unauthenticated } from '../infra/errors';
import type { Role, Viewer } from './viewer';

/** `@Authorized(role)`: UNAUTHENTICATED without a token, FORBIDDEN below the role. */
export const checkAuthorization: AuthCheckerFn<Context, Role> = ({ context }, roles) => {
  const viewer = viewerOf(context);
  for (const role of roles) viewer.mustBe(role);
  return true;
};

/** The viewer of a request that needs one. */
export function viewerOf(context: Context): Viewer {
  if (!context.viewer) throw unauthenticated();
  return context.viewer;
}
