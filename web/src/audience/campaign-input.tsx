import { useQuery } from '@apollo/client/react';
import { MultiSelect, Select } from '@mantine/core';
import { useBusiness } from '../frame/business';
import { AudienceCampaignDocument, AudienceCampaignsDocument } from '../generated/graphql';
import type { RecipientOutcome } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { withChosen } from './segment-input';
import type { ValueProps } from './value-props';

const outcomes: readonly RecipientOutcome[] = [
  'SENT',
  'DELIVERED',
  'READ',
  'CLICKED',
  'REPLIED',
  'CONVERTED',
  'NOT_DELIVERED',
  'NOT_READ',
  'NOT_CLICKED',
  'NOT_CONVERTED',
  'FAILED',
  'UNCONFIRMED',
  'SKIPPED',
  'EXCLUDED',
];

/** Chooses a campaign, and what became of its message: nothing chosen means whatever became of it. */
export function CampaignInput({ condition, change }: ValueProps) {
  const say = useText();
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(AudienceCampaignsDocument, { variables: { businessId } });
  const id = condition.values[0] === undefined ? null : String(condition.values[0]);
  const listed = data?.campaigns.campaigns ?? [];
  // The list holds the newest ones only.
  const unlisted = id !== null && data !== undefined && !listed.some((campaign) => campaign.id === id);
  const other = useQuery(AudienceCampaignDocument, { variables: { id: id ?? '' }, skip: !unlisted });
  const known = unlisted && other.data ? [...listed, other.data.campaign] : listed;
  const options = known.map((campaign) => ({ value: campaign.id, label: campaign.campaignName }));
  return (
    <div className={styles.campaign}>
      <Select
        aria-label={say('audience.value')}
        placeholder={
          data ? say('audience.chooseCampaign') : error ? say('audience.campaignsFailed') : say('ui.loading')
        }
        data={withChosen(options, id)}
        value={id}
        searchable
        selectFirstOptionOnChange
        allowDeselect={false}
        onDropdownOpen={() => error && void refetch().catch(() => undefined)} // shown by `error`
        nothingFoundMessage={say('audience.noCampaign')}
        onChange={(value) => change({ ...condition, values: value === null ? [] : [value] })}
      />
      <MultiSelect
        aria-label={say('audience.outcome')}
        placeholder={condition.outcomes.length === 0 ? say('audience.anyOutcome') : undefined}
        data={outcomes.map((outcome) => ({ value: outcome, label: say(`audience.outcome.${outcome}`) }))}
        value={[...condition.outcomes]}
        searchable
        hidePickedOptions
        selectFirstOptionOnChange
        nothingFoundMessage={say('audience.noOption')}
        onChange={(chosen) => change({ ...condition, outcomes: chosen })}
      />
    </div>
  );
}
