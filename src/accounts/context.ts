import type { Viewer } from './viewer';
import type { WidgetReader } from './widget-token';

/** What every resolver gets of a request. */
export interface Context {
  /** The person or program that sent the request; undefined without a token, which `@Authorized` fields refuse. */
  viewer: Viewer | undefined;
  /** The reader of one campaign's figures instead of a viewer; `@Authorized` fields refuse it, except by `Widget`. */
  widget?: WidgetReader | undefined;
}
