/** What a file holds. */
export enum ImportKind {
  LEADS = 'LEADS',
  CUSTOMERS = 'CUSTOMERS',
  OPTOUTS = 'OPTOUTS',
}
