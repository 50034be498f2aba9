import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { ScheduleTimeZone, Weekday } from './schedule';

registerEnumType(ScheduleTimeZone, {
  name: 'ScheduleTimeZone',
  description: 'Whose clock the time of a schedule and its window are read on.',
  valuesConfig: {
    BUSINESS: { description: 'The time zone of the business: everybody is due at the same moment.' },
    RECIPIENT: {
      description:
        "Each person's: due when the clocks in the zone of their phone number's country show what the business's clocks show at sendAt. Of a country with several zones, that of its largest city.",
    },
  },
});
registerEnumType(Weekday, { name: 'Weekday', description: 'A day of the week.' });

@InputType({
  description:
    'Hours in which messages may go out. Outside of them sending waits. A window whose `to` is before its `from` ends on the next day.',
})
export class SendWindowInput {
  @Field(() => String, { description: 'HH:MM, 24 hours, e.g. "10:00".' }) from: string;
  @Field(() => String, {
    description: 'HH:MM, e.g. "19:00"; at this time the window is closed. "24:00" is the end of the day.',
  })
  to: string;
  @Field(() => [Weekday], {
    nullable: true,
    description: 'The days on which the window opens. If it is left out: every day.',
  })
  days?: Weekday[] | null;
}

@InputType({ description: 'When a campaign is sent by itself.' })
export class ScheduleInput {
  @Field(() => Date, { description: 'In the future, at most two years ahead.' }) sendAt: Date;
  @Field(() => ScheduleTimeZone, { nullable: true, defaultValue: ScheduleTimeZone.BUSINESS })
  timeZone?: ScheduleTimeZone | null;
  @Field(() => SendWindowInput, {
    nullable: true,
    description:
      "Read on the business's clock, or on each recipient's with RECIPIENT. If it is left out: at any hour.",
  })
  window?: SendWindowInput | null;
  @Field(() => Date, {
    nullable: true,
    description:
      'A moment after sendAt: whoever was not sent to by then is SKIPPED. If it is left out: no limit.',
  })
  deadline?: Date | null;
}

@ObjectType({ description: 'Hours in which messages may go out.' })
export class SendWindow {
  @Field(() => String, { description: 'HH:MM.' }) from: string;
  @Field(() => String, { description: 'HH:MM; before `from` it is of the next day.' }) to: string;
  @Field(() => [Weekday], { description: 'The days on which the window opens.' }) days: Weekday[];
}

@ObjectType({ description: 'The schedule of a campaign, as it was set.' })
export class CampaignSchedule {
  @Field(() => Date) sendAt: Date;
  @Field(() => ScheduleTimeZone) timeZone: ScheduleTimeZone;
  @Field(() => String, {
    description:
      "The business's IANA time zone when the schedule was set, e.g. Asia/Kolkata. A later change of the setting does not move it.",
  })
  zone: string;
  @Field(() => String, {
    description: 'sendAt as the clocks in `zone` show it, e.g. "2026-11-08 10:00".',
  })
  localTime: string;
  @Field(() => SendWindow, { nullable: true, description: 'Null: at any hour.' }) window: SendWindow | null;
  @Field(() => Date, { nullable: true, description: 'Null: no limit.' }) deadline: Date | null;
  @Field(() => Date, {
    description:
      'When the first message is due: sendAt, or when the window first opens after it. With RECIPIENT: the first of the hours of the people who were in the audience when the schedule was set; at once if that had passed.',
  })
  startsAt: Date;
}
