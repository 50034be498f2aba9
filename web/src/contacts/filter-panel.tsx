import { useDebouncedCallback } from '@mantine/hooks';
import { AudienceBuilder } from '../audience/audience-builder';
import type { AudienceFilterInput } from '../generated/graphql';
import type { ContactKind } from './contact-values';
import styles from './contacts.module.css';

interface Props {
  id: string;
  kind: ContactKind;
  filter: AudienceFilterInput;
  change: (filter: AudienceFilterInput) => void;
}

const pauseMs = 400;

/** All conditions by which people can be chosen. The list follows when the typing pauses. */
export default function FilterPanel({ id, kind, filter, change }: Props) {
  const commit = useDebouncedCallback(change, { delay: pauseMs, flushOnUnmount: true });
  return (
    <div id={id} className={styles.filterPanel}>
      <AudienceBuilder kinds={[kind]} value={filter} onChange={commit} />
    </div>
  );
}
