/** The steps of a new campaign, in their order. Each has an address of its own. */
export const steps = ['audience', 'message', 'when', 'review'] as const;

export type Step = (typeof steps)[number];

export function stepOf(name: string | undefined): Step | undefined {
  return steps.find((step) => step === name);
}

/** The address of a step: of a campaign that is stored as a draft, or of a new one. */
export function stepAddress(step: Step, campaignId: string | undefined): string {
  return campaignId === undefined ? `/campaigns/new/${step}` : `/campaigns/${campaignId}/edit/${step}`;
}
