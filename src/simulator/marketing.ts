import { isObject } from './json';
import { refuse, type Refusal } from './errors';
import type { Sender } from './accounts';
import type { LibraryTemplate } from './template-shape';
import type { SimulatorState } from './state';

/** The Marketing Messages API, `POST /{phone-number-id}/marketing_messages`, and the switch that makes it the only way. */

/** The value of `marketing_messages_onboarding_status` with which it can be used. */
const ONBOARDED = 'ONBOARDED';

/** Checks a send on `/marketing_messages` before its template is looked at: only templates, and only with accepted terms. */
export function checkMarketingRequest(state: SimulatorState, type: string): Refusal | null {
  if (type !== 'template') return refuse(100, 'Param type must be one of {TEMPLATE}.');
  return state.behaviour.marketingOnboarding === ONBOARDED
    ? null
    : refuse(131055, '(#200) You must accept the Marketing Messages Lite API terms of service.');
}

/** Checks whether a template may go this way. */
export function checkRoute(
  state: SimulatorState,
  sender: Sender,
  path: string | undefined,
  { template }: LibraryTemplate,
): Refusal | null {
  const marketing = template.category === 'MARKETING';
  if (path !== 'marketing_messages') {
    if (marketing && template.optimization_spec !== undefined) return refuse(131061);
    return marketing && state.accounts.marketingOnly(sender) ? refuse(131063) : null;
  }
  if (!marketing) return refuse(134100);
  return state.behaviour.marketingSyncing.includes(template.name ?? '') ? refuse(134101) : null;
}

/** `POST /{waba-id}` with the switch; undefined if the body has no such field. */
export function setMarketingOnly(state: SimulatorState, wabaId: string, body: unknown): object | undefined {
  const off = isObject(body) ? body.disable_marketing_messages_on_cloud_api : undefined;
  if (off === undefined) return undefined;
  if (typeof off !== 'boolean')
    return refuse(100, 'Param disable_marketing_messages_on_cloud_api must be a boolean.');
  state.accounts.waba(wabaId).marketingOnly = off;
  state.journal.write({ kind: 'marketingOnly', wabaId, off });
  return { success: true };
}
