import { useQuery } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { CampaignFailuresDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { SearchBox } from '../../ui/search-box';
import listStyles from '../campaigns.module.css';
import type { PeopleSearch } from '../routes';
import { outcomes, statuses } from './people-filter';

interface Props {
  campaignId: string;
  search: PeopleSearch;
  show: (next: PeopleSearch, replace?: boolean) => void;
}

/** Which people are listed. All filters hold together. */
export function PeopleFilters({ campaignId, search, show }: Props) {
  const say = useText();
  // The section of failures reads them.
  const { data } = useQuery(CampaignFailuresDocument, {
    variables: { id: campaignId },
    fetchPolicy: 'cache-only',
  });
  const codes = new Set((data?.campaign.failures ?? []).flatMap(({ code }) => (code === null ? [] : [code])));
  if (search.code !== undefined) codes.add(search.code);
  const { person: _closed, ...kept } = search;
  return (
    <div className={listStyles.filters}>
      <SearchBox
        className={listStyles.search}
        label={say('campaigns.one.find')}
        placeholder={say('campaigns.one.findHint')}
        value={search.find ?? ''}
        search={(text) => show({ ...kept, find: text || undefined }, true)}
      />
      <NativeSelect
        aria-label={say('campaigns.one.status')}
        value={search.status ?? ''}
        onChange={({ currentTarget }) => show({ ...kept, status: currentTarget.value || undefined })}
      >
        <option value="">{say('campaigns.one.anyStatus')}</option>
        {statuses.map((name) => (
          <option key={name} value={name}>
            {say('campaigns.one.statusName', { status: name })}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label={say('campaigns.one.outcome')}
        value={search.outcome ?? ''}
        onChange={({ currentTarget }) => show({ ...kept, outcome: currentTarget.value || undefined })}
      >
        <option value="">{say('campaigns.one.anyOutcome')}</option>
        {outcomes.map((name) => (
          <option key={name} value={name}>
            {say('campaigns.one.outcomeName', { outcome: name })}
          </option>
        ))}
      </NativeSelect>
      {codes.size > 0 && (
        <NativeSelect
          aria-label={say('campaigns.one.code')}
          value={search.code ?? ''}
          onChange={({ currentTarget }) =>
            show({ ...kept, code: currentTarget.value === '' ? undefined : Number(currentTarget.value) })
          }
        >
          <option value="">{say('campaigns.one.anyCode')}</option>
          {[...codes].map((code) => (
            <option key={code} value={code}>
              {say('campaigns.one.codeName', { code: String(code) })}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
