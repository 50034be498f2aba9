import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import styles from './bubble.module.css';
import { ButtonIcon, MediaIcon } from './icons';
import type { ShownMessage } from './message';
import { UploadedPicture } from './uploaded-picture';

interface Props {
  message: ShownMessage;
  /** WhatsApp's code of the template's language. */
  language: string;
  /** The clock beside the message. */
  time: string;
}

/** A message as it looks on the phone of who gets it. Pictures are not loaded: they are on other hosts. */
export function Bubble({ message, language, time }: Props) {
  const { cards } = message;
  return (
    <div className={styles.chat} lang={language.replace('_', '-')} data-content>
      <div className={styles.bubble} dir="auto">
        <Parts message={message} time={time} />
      </div>
      {cards.length > 0 && (
        <ul className={styles.cards} tabIndex={0}>
          {cards.map((card, index) => (
            <li key={index} className={styles.card} dir="auto">
              <Parts message={card} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Parts({ message, time }: { message: ShownMessage; time?: string }) {
  const say = useText();
  const { headerFormat, header, picture, offer, body, footer, buttons } = message;
  return (
    <>
      {headerFormat === 'TEXT' && header !== undefined && (
        <p className={styles.title} dir="auto">
          {formatted(header)}
        </p>
      )}
      {headerFormat !== undefined && headerFormat !== 'TEXT' && (
        <div className={styles.media}>
          {picture && <UploadedPicture id={picture} />}
          <MediaIcon kind={headerFormat} />
          <span className={styles.address}>
            {header ? lastPart(header) : say('campaigns.mediaName', { kind: headerFormat })}
          </span>
        </div>
      )}
      {offer !== undefined && <p className={styles.offer}>{offer}</p>}
      {body !== '' && (
        <p className={styles.body} dir="auto">
          {formatted(body)}
        </p>
      )}
      {(footer !== undefined || time !== undefined) && (
        <p className={styles.end}>
          <span>{footer}</span>
          <span>{time}</span>
        </p>
      )}
      {buttons.map(({ type, text }, index) => (
        <p key={index} className={styles.button}>
          <ButtonIcon type={type} />
          {text || (type === 'COPY_CODE' ? say('campaigns.copyCode') : type)}
        </p>
      ))}
    </>
  );
}

function lastPart(address: string): string {
  return address.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? address;
}

/** WhatsApp's marks, and variables that are not filled in yet. */
const marks =
  /(\{\{\s*\w+\s*\}\})|```([^`]+)```|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(?<![\w_])_([^_\s](?:[^_\n]*[^_\s])?)_(?![\w_])|(?<![\w~])~([^~\s](?:[^~\n]*[^~\s])?)~(?![\w~])/g;

function formatted(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    const [whole, variable, code, bold, italic, struck] = match;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    const key = match.index;
    if (variable !== undefined) nodes.push(<mark key={key}>{variable}</mark>);
    else if (code !== undefined) nodes.push(<code key={key}>{code}</code>);
    else if (bold !== undefined) nodes.push(<strong key={key}>{bold}</strong>);
    else if (italic !== undefined) nodes.push(<em key={key}>{italic}</em>);
    else nodes.push(<s key={key}>{struck}</s>);
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}
