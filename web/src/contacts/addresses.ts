/** Screens of other folders, to which contacts lead. */
export const newImport: string = '/imports/new';
export const campaignAddress = (id: string): string => `/campaigns/${id}`;
