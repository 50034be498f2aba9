import { NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useQuery } from '@apollo/client/react';
import { AudienceBuilder } from '../../audience/audience-builder';
import { AudienceKinds, filteredTypes, kindsOf } from '../../audience/audience-kinds';
import { useBusiness } from '../../frame/business';
import { AudienceSegmentsDocument } from '../../generated/graphql';
import type { AudienceType, CampaignType } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import type { Draft } from './draft';
import { peopleIn } from './numbers';
import styles from './wizard.module.css';

const types: readonly AudienceType[] = [...filteredTypes, 'SEGMENT', 'CUSTOM'];
const purposes: readonly CampaignType[] = [
  'PROMOTIONAL',
  'ANNOUNCEMENT',
  'REMINDER',
  'FEEDBACK',
  'TRANSACTIONAL',
];

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** What the campaign is called, and who gets it. */
export function AudienceStep({ draft, change }: Props) {
  const say = useText();
  const { name, purpose, audienceType, filter, rows } = draft;
  const filtered = filteredTypes.some((type) => type === audienceType);
  return (
    <div className={styles.fields}>
      <div className={styles.names}>
        <TextInput
          label={say('campaigns.name')}
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <NativeSelect
          label={say('campaigns.purpose')}
          value={purpose}
          onChange={({ currentTarget }) => change({ purpose: currentTarget.value as CampaignType })}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {say('campaigns.purposeName', { purpose: one })}
            </option>
          ))}
        </NativeSelect>
      </div>
      <AudienceKinds types={types} value={audienceType} onChange={(next) => change({ audienceType: next })} />
      {filtered && (
        <AudienceBuilder
          kinds={kindsOf(audienceType)}
          value={filter}
          {...(rows && { rows })}
          onChange={(next, incomplete, shown) =>
            change({ filter: next, incomplete, rows: incomplete > 0 ? shown : undefined })
          }
        />
      )}
      {audienceType === 'SEGMENT' && <SegmentChoice draft={draft} change={change} />}
      {audienceType === 'CUSTOM' && <NumberList draft={draft} change={change} />}
    </div>
  );
}

function SegmentChoice({ draft: { segmentId }, change }: Props) {
  const say = useText();
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(AudienceSegmentsDocument, {
    variables: { businessId },
    fetchPolicy: 'cache-and-network',
  });
  return (
    <Select
      className={styles.short}
      label={say('campaigns.segment')}
      placeholder={
        data ? say('audience.chooseSegment') : error ? say('audience.segmentsFailed') : say('ui.loading')
      }
      data={(data?.segments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={segmentId}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      onDropdownOpen={() => error && void refetch().catch(() => undefined)} // shown by `error`
      nothingFoundMessage={say('audience.noSegment')}
      onChange={(value) => change({ segmentId: value })}
    />
  );
}

function NumberList({ draft: { numbers }, change }: Props) {
  const say = useText();
  return (
    <Textarea
      label={say('campaigns.numbers')}
      description={say('campaigns.numbersWords')}
      placeholder={'+91 98765 43210, Asha Rao\n+91 98765 43211'}
      autosize
      minRows={6}
      maxRows={16}
      value={numbers}
      inputContainer={(field) => (
        <>
          {field}
          <p className="muted small">{say('campaigns.numbersIn', { count: peopleIn(numbers).length })}</p>
        </>
      )}
      onChange={({ currentTarget }) => change({ numbers: currentTarget.value })}
    />
  );
}
