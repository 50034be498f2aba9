import type { App } from './app';
import { openWindows } from './windows';

export interface ScheduleInput {
  sendAt: string;
  timeZone?: 'BUSINESS' | 'RECIPIENT' | null;
  window?: { from: string; to: string; days?: string[] | null } | null;
  deadline?: string | null;
}

export interface Scheduled {
  id: string;
  status: string;
  totalRecipients: number;
  schedule: {
    sendAt: string;
    timeZone: string;
    zone: string;
    localTime: string;
    window: { from: string; to: string; days: string[] } | null;
    deadline: string | null;
    startsAt: string;
  } | null;
}

const fields = `id status totalRecipients schedule { sendAt timeZone zone localTime window { from to days } deadline startsAt }`;

export const scheduleMutation = `mutation ($id: ID!, $input: ScheduleInput!) {
  scheduleCampaign(campaignId: $id, input: $input) { ${fields} } }`;
export const unscheduleMutation = `mutation ($id: ID!) { unscheduleCampaign(campaignId: $id) { ${fields} } }`;

/** So many ms from now. */
export function soon(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

export async function scheduleCampaign(app: App, id: string, input: ScheduleInput): Promise<Scheduled> {
  await openWindows(app, app.businessId);
  return (await app.data<{ scheduleCampaign: Scheduled }>(scheduleMutation, { id, input })).scheduleCampaign;
}

export async function unscheduleCampaign(app: App, id: string): Promise<Scheduled> {
  return (await app.data<{ unscheduleCampaign: Scheduled }>(unscheduleMutation, { id })).unscheduleCampaign;
}

export async function scheduled(app: App, id: string): Promise<Scheduled> {
  return (
    await app.data<{ campaign: Scheduled }>(`query ($id: ID!) { campaign(id: $id) { ${fields} } }`, { id })
  ).campaign;
}

/** What limits the sending of a campaign. */
export async function limitedBy(app: App, id: string): Promise<string | null> {
  const { campaign } = await app.data<{ campaign: { delivery: { limitedBy: string | null } } }>(
    `query ($id: ID!) { campaign(id: $id) { delivery { limitedBy } } }`,
    { id },
  );
  return campaign.delivery.limitedBy;
}

/** What the clocks of a zone show so many minutes from now, as HH:MM. */
export function clock(zone: string, minutes: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(Date.now() + minutes * 60_000);
}
