/** Whose wall clock the time of a schedule and its window are read on. */
export enum ScheduleTimeZone {
  BUSINESS = 'BUSINESS',
  RECIPIENT = 'RECIPIENT',
}

export enum Weekday {
  MON = 'MON',
  TUE = 'TUE',
  WED = 'WED',
  THU = 'THU',
  FRI = 'FRI',
  SAT = 'SAT',
  SUN = 'SUN',
}

/** The hours in which messages may go out. `to` before `from` means the next day; 24:00 is the end of the day. */
export interface SendWindow {
  /** HH:MM. */
  from: string;
  /** HH:MM. */
  to: string;
  /** The days on which the window opens, from Monday on. */
  days: Weekday[];
}

/** A schedule as it is stored with its campaign; times are ISO 8601 in UTC. */
export interface Schedule {
  sendAt: string;
  timeZone: ScheduleTimeZone;
  /** The business's IANA zone when the schedule was set: a later change of the setting moves no schedule. */
  zone: string;
  window: SendWindow | null;
  deadline: string | null;
  /** When the first message is due, as the audience was when the schedule was set. */
  startsAt: string;
}

/** Between these moments a campaign's messages may go out; null: no limit. */
export interface Gate {
  opensAt: Date | null;
  closesAt: Date | null;
}
