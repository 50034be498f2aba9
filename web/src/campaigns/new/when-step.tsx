import { Radio } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import type { WizardSendersQuery } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { useTakes } from './use-takes';
import styles from './wizard.module.css';

interface Props {
  count: number | undefined;
  sender: WizardSendersQuery['senders'][number] | undefined;
}

/** When the sending begins, and what follows from it. */
export function WhenStep({ count, sender }: Props) {
  const say = useText();
  const takes = useTakes(count, sender);
  return (
    <div className={styles.fields}>
      <Radio.Group label={say('campaigns.start')} value="now">
        <div className={styles.options}>
          <Radio value="now" label={say('campaigns.now')} description={say('campaigns.nowWords')} />
        </div>
      </Radio.Group>
      {takes !== undefined && <p>{takes}</p>}
    </div>
  );
}
