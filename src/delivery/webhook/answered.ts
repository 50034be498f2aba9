/* How far back messages are looked for that a person may have answered. */

/** What names no message of ours counts for the last one that was sent at most this long before. */
export const answerHours = 72;
/** Campaigns that started longer ago are not searched for messages to a person. */
export const searchedDays = 30;
