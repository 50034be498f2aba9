/** WhatsApp's words for a number, as the GraphQL enums and the table spell them. Words that WhatsApp adds later are UNKNOWN. */

export enum SenderStatus {
  CONNECTED = 'CONNECTED',
  PENDING = 'PENDING',
  UNVERIFIED = 'UNVERIFIED',
  DISCONNECTED = 'DISCONNECTED',
  FLAGGED = 'FLAGGED',
  RATE_LIMITED = 'RATE_LIMITED',
  RESTRICTED = 'RESTRICTED',
  BANNED = 'BANNED',
  MIGRATED = 'MIGRATED',
  DELETED = 'DELETED',
  UNKNOWN = 'UNKNOWN',
}

export enum QualityRating {
  GREEN = 'GREEN',
  YELLOW = 'YELLOW',
  RED = 'RED',
  UNKNOWN = 'UNKNOWN',
}

export enum SenderThroughput {
  STANDARD = 'STANDARD',
  HIGH = 'HIGH',
  UNKNOWN = 'UNKNOWN',
}

/** The word of an enum that has UNKNOWN for what it does not list. Pure. */
export function wordOf<Word extends string>(words: Record<string, Word>, given: unknown): Word {
  const word = typeof given === 'string' && Object.values(words).find((one) => one === given.toUpperCase());
  return word || (words.UNKNOWN as Word);
}
