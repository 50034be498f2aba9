import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { useBusiness } from '../frame/business';
import { AudienceSegmentsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import type { ValueProps } from './value-props';

/** Chooses a saved segment. */
export function SegmentInput({ condition, change }: ValueProps) {
  const say = useText();
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(AudienceSegmentsDocument, { variables: { businessId } });
  const id = condition.values[0] === undefined ? null : String(condition.values[0]);
  const options = (data?.segments ?? []).map((segment) => ({ value: segment.id, label: segment.name }));
  return (
    <Select
      aria-label={say('audience.value')}
      placeholder={
        data ? say('audience.chooseSegment') : error ? say('audience.segmentsFailed') : say('ui.loading')
      }
      data={withChosen(options, id)}
      value={id}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      onDropdownOpen={() => error && void refetch().catch(() => undefined)} // shown by `error`
      nothingFoundMessage={say('audience.noSegment')}
      onChange={(value) => change({ ...condition, values: value === null ? [] : [value] })}
    />
  );
}

/** The options, and the chosen one by its id while its name is not known. */
export function withChosen(options: { value: string; label: string }[], id: string | null) {
  if (id === null || options.some(({ value }) => value === id)) return options;
  return [...options, { value: id, label: id }];
}
