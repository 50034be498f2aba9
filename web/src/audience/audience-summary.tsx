import { useQuery } from '@apollo/client/react';
import { useIntl } from 'react-intl';
import { useBusiness } from '../frame/business';
import { AudienceCampaignDocument, AudienceSegmentsDocument } from '../generated/graphql';
import type { AudienceFilterInput, ContactKind } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { fields, valuesOf } from './fields';
import { fromFilter } from './from-filter';
import { optionWords } from './option-words';
import type { Condition, FieldName, Group, Row } from './tree';

/** A filter in words, for those who only read it. */
export function AudienceSummary({
  filter,
  kinds,
}: {
  filter: AudienceFilterInput;
  kinds: readonly ContactKind[];
}) {
  const say = useText();
  const { include, leaveOut } = fromFilter(filter, kinds);
  return (
    <div className={styles.summary}>
      {include.rows.length === 0 ? <p>{say('audience.noFilter', { level: 0 })}</p> : <Rows group={include} />}
      {leaveOut.rows.length > 0 && (
        <>
          <h3>{say('audience.leaveOut')}</h3>
          <p>{say('audience.leftOutAny')}</p>
          <List rows={leaveOut.rows} />
        </>
      )}
    </div>
  );
}

function Rows({ group: { mode, rows } }: { group: Group }) {
  const say = useText();
  return (
    <>
      {(rows.length > 1 || mode === 'none') && <p>{say('audience.mode', { mode })}</p>}
      <List rows={rows} />
    </>
  );
}

function List({ rows }: { rows: readonly Row[] }) {
  const say = useText();
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          {row.type === 'group' && <Rows group={row} />}
          {row.type === 'kept' && (
            <>
              {say('audience.kept')} <code>{JSON.stringify(row.filter)}</code>
            </>
          )}
          {row.type === 'condition' && row.field !== '' && <Words condition={{ ...row, field: row.field }} />}
        </li>
      ))}
    </ul>
  );
}

function Words({ condition }: { condition: Condition & { field: FieldName } }) {
  const say = useText();
  const intl = useIntl();
  const { field, operator, values, name, outcomes } = condition;
  const { value, options } = fields[field];
  const texts = values.map((one) => (options ? optionWords(field, String(one), say) : String(one)));
  return (
    <>
      {field === 'attribute' ? name : say(`audience.field.${field}`)}{' '}
      <span className="muted">{say(`audience.operator.${operator}`, { field })}</span>{' '}
      {value === 'segment' && <SegmentName id={texts[0] ?? ''} />}
      {value === 'campaign' && <CampaignName id={texts[0] ?? ''} />}
      {value !== 'segment' && value !== 'campaign' && (
        <strong>
          {intl.formatList(texts, { type: valuesOf(operator) === 'many' ? 'disjunction' : 'conjunction' })}
        </strong>
      )}
      {outcomes.length > 0 &&
        ` (${intl.formatList(
          outcomes.map((one) => say(`audience.outcome.${one}`)),
          { type: 'disjunction' },
        )})`}
    </>
  );
}

function SegmentName({ id }: { id: string }) {
  const { id: businessId } = useBusiness();
  const { data } = useQuery(AudienceSegmentsDocument, { variables: { businessId } });
  return <strong>{data?.segments.find((segment) => segment.id === id)?.name ?? id}</strong>;
}

function CampaignName({ id }: { id: string }) {
  const { data } = useQuery(AudienceCampaignDocument, { variables: { id } });
  return <strong>{data?.campaign.campaignName ?? id}</strong>;
}
