/** What is wrong with a template, as the Graph API says it. */
export interface DraftProblem {
  details: string;
  subcode: number;
}

/** `subcode` is one of template creation; the default is the general one for a wrong format. */
export const problem = (details: string, subcode = 2388039): DraftProblem => ({ details, subcode });

export function isText(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= limit;
}
