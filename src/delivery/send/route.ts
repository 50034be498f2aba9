import { MarketingApi } from '../../accounts/marketing-api';
import type { Route } from '../../whatsapp/client';
import type { ReportedError } from '../../whatsapp/error-catalogue';

/** What decides over which way a campaign's messages go. */
export interface RouteFacts {
  /** The sender's setting. */
  choice: MarketingApi;
  /** Of the template, as WhatsApp said last; undefined without a template. */
  category: string | undefined;
  /** Whether the account has the Marketing Messages API. */
  onboarded: boolean;
  /** Ways that refused the campaign's template since it was started or resumed. */
  refused: Readonly<Record<Route, boolean>>;
  /** How long WhatsApp still prepares the template for marketing messages, in ms; 0 unless it said so. */
  preparingMs: number;
}

/** The way of a campaign's messages, and how long to wait before the next, in ms. */
export interface ChosenRoute {
  path: Route;
  waitMs: number;
}

const marketing: ChosenRoute = { path: 'marketing_messages', waitMs: 0 };
const cloud: ChosenRoute = { path: 'messages', waitMs: 0 };

/** WhatsApp takes up to ten minutes to prepare a template for marketing messages. */
export const preparationMs = 600_000;

/** Chooses the way by the category of the template, the sender's setting and what WhatsApp refused. Pure. */
export function routeOf({ choice, category, onboarded, refused, preparingMs }: RouteFacts): ChosenRoute {
  if (category === undefined || choice === MarketingApi.CLOUD_API) return cloud;
  const whenReady = { ...marketing, waitMs: preparingMs };
  if (choice === MarketingApi.MARKETING_MESSAGES) return category === 'MARKETING' ? whenReady : cloud;
  // the template may have become a marketing template, which the library does not say yet
  if (refused.messages) return whenReady;
  if (category !== 'MARKETING' || !onboarded || refused.marketing_messages || preparingMs > 0) return cloud;
  return marketing;
}

/**
 * What a refusal says about the way and not about the message. `switch`: the other way takes it; `wait`: the same way
 * takes it later; `stop`: neither takes it.
 */
export type RouteRefusal = 'switch' | 'wait' | 'stop';

/** Marketing templates are switched off on the Cloud API, or the template has a maximum price. */
const notOverCloud = [131063, 131061];
/** Terms not accepted, or not a marketing template. */
const notAsMarketing = [131055, 134100];

/** Whether WhatsApp said that it still prepares the template for marketing messages. */
export function isPreparing({ code, details = '' }: ReportedError): boolean {
  return code === 134101 || (code === 131009 && /sync/i.test(details));
}

/** What an error on a way says about the way; undefined when it says nothing, or when the sender's setting allows no other. Pure. */
export function routeRefusal(facts: RouteFacts, path: Route, error: ReportedError): RouteRefusal | undefined {
  const { choice, category, refused } = facts;
  if (category === undefined) return undefined;
  const isAuto = choice === MarketingApi.AUTO;
  if (path === 'messages') {
    if (!isAuto || !notOverCloud.includes(error.code)) return undefined;
    return refused.marketing_messages ? 'stop' : 'switch';
  }
  if (isPreparing(error)) return isAuto && !refused.messages ? 'switch' : 'wait';
  if (!isAuto || !notAsMarketing.includes(error.code)) return undefined;
  return refused.messages ? 'stop' : 'switch';
}
