import { useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import { phone } from '../../format/phone';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import type { ListedPersonFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import people from './people.module.css';

/** Stands for an id in `Props.address`. */
export const anyPerson = 'person';

interface Props {
  /** The address of the list with {@link anyPerson} where a person's id belongs. */
  address: string;
  person: ListedPersonFragment;
  open: boolean;
}

/**
 * One person of the list, and what became of the message. The browser draws only rows that are near the screen. The
 * router's own Link would draw every row anew when one is opened: with 1,000 rows half a second.
 */
export const PersonRow = memo(function PersonRow({ address, person, open }: Props) {
  const format = useFormat();
  const { timezone } = useBusiness();
  const navigate = useNavigate();
  const last =
    person.convertedAt ??
    person.repliedAt ??
    person.clickedAt ??
    person.readAt ??
    person.deliveredAt ??
    person.failedAt ??
    person.sentAt;
  return (
    <li className={people.row} data-outcome={person.status}>
      <a
        href={address.replace(`person=${anyPerson}`, `person=${encodeURIComponent(person.id)}`)}
        aria-current={open || undefined}
        onClick={(event) => {
          // In another tab or window it is the browser's.
          if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          void navigate({
            from: '/campaigns/$campaignId',
            search: (before) => ({ ...before, person: person.id }),
            resetScroll: false,
          });
        }}
      >
        <span className={people.who}>
          <strong data-content>{person.name || phone(person.phone)}</strong>
          {person.name && <span className="muted small">{phone(person.phone)}</span>}
        </span>
        <span>
          <Outcome person={person} />
        </span>
        <span className="muted small">
          {last !== null && <time dateTime={last}>{format.dayAndTime(last, timezone)}</time>}
        </span>
      </a>
    </li>
  );
});

/** What became of the message, the furthest that the person came, and why it did not arrive. */
export function Outcome({ person }: { person: ListedPersonFragment }) {
  const say = useText();
  const furthest = person.convertedAt
    ? 'CONVERTED'
    : person.repliedAt
      ? 'REPLIED'
      : person.clickedAt
        ? 'CLICKED'
        : undefined;
  const { status, excludedReason, skippedReason, errorCode } = person;
  return (
    <>
      {say('campaigns.one.statusName', { status: furthest ?? status })}
      {excludedReason !== null && <> · {say('contacts.excluded', { reason: excludedReason })}</>}
      {skippedReason !== null && <> · {say('campaigns.one.skipped', { reason: skippedReason })}</>}
      {status === 'FAILED' && errorCode !== null && (
        <> · {say('campaigns.one.codeName', { code: String(errorCode) })}</>
      )}
    </>
  );
}
