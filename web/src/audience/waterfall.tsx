import { useFormat } from '../format/use-format';
import type { PreviewAudienceMutation } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';

type Props = Pick<PreviewAudienceMutation['previewAudience'], 'count' | 'matched' | 'excluded'>;

/** From those who match to those who get the message: matched − excluded = count. */
export function Waterfall({ count, matched, excluded }: Props) {
  const say = useText();
  const format = useFormat();
  if (matched === 0) return <p>{say('audience.nobody')}</p>;
  if (excluded.length === 0) return <p className="muted">{say('audience.allGet')}</p>;
  return (
    <>
      <dl className={styles.waterfall}>
        <div>
          <dt>{say('audience.matched')}</dt>
          <dd>{format.count(matched)}</dd>
        </div>
        {excluded.map(({ reason, count: number }) => (
          <div key={reason}>
            <dt>{say(`audience.reason.${reason}`)}</dt>
            <dd>{`− ${format.count(number)}`}</dd>
          </div>
        ))}
        <div className={styles.rest}>
          <dt>{say('audience.get')}</dt>
          <dd>{`= ${format.count(count)}`}</dd>
        </div>
      </dl>
      {count === 0 && <p>{say('audience.nobodyLeft')}</p>}
    </>
  );
}
