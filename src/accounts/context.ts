import type { Viewer } from './viewer';

/** What every resolver gets of a request. */
export interface Context {
  /** The person or program that sent the request; undefined without a token, which `@Authorized` fields refuse. */
  viewer: Viewer | undefined;
}
