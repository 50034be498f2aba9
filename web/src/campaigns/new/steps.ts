/** The steps of a new campaign, in their order. Each has an address of its own. */
export const steps = ['audience', 'message', 'when', 'review'] as const;

export type Step = (typeof steps)[number];

function stepOf(name: string | undefined): Step | undefined {
  return steps.find((step) => step === name);
}

/** The address of a step: of a campaign that is stored as a draft, or of a new one. */
export function stepAddress(step: Step, campaignId: string | undefined): string {
  return campaignId === undefined ? `/campaigns/new/${step}` : `/campaigns/${campaignId}/edit/${step}`;
}

/** What an address below /campaigns/ means; undefined if it is none of these. */
export function addressOf(rest: string): { step: Step; campaignId: string | undefined } | undefined {
  const match = /^(?:new|([\w-]+)\/edit)(?:\/(\w+))?\/?$/.exec(rest);
  const step = stepOf(match?.[2] ?? 'audience');
  return match && step ? { step, campaignId: match[1] } : undefined;
}
