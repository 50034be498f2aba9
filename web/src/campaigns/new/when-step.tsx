import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import type { ReactNode } from 'react';
import { zoneName } from '../../format/time';
import { useBusiness } from '../../frame/business';
import type { ForecastFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { isAmount } from './amount';
import { useEnds } from './use-ends';
import { useStarts } from './use-starts';
import { later, weekdays } from './when';
import type { When } from './when';
import styles from './wizard.module.css';

interface Props {
  when: When;
  change: (when: When) => void;
  maxCost: string;
  changeMaxCost: (maxCost: string) => void;
  forecast: ForecastFragment | undefined;
}

/** When the sending begins, between which hours, until when and for how much; and what follows from it. */
export function WhenStep({ when, change, maxCost, changeMaxCost, forecast }: Props) {
  const say = useText();
  const { timezone } = useBusiness();
  const ends = useEnds(forecast, when);
  const starts = useStarts(when);
  const set = (part: Partial<When>) => change({ ...when, ...part });
  return (
    <div className={styles.fields}>
      <Radio.Group
        label={say('campaigns.start')}
        value={when.later ? 'later' : 'now'}
        onChange={(chosen) =>
          chosen === 'later' ? change(later(when, timezone, Date.now())) : set({ later: false })
        }
      >
        <div className={styles.options}>
          <Radio value="now" label={say('campaigns.now')} description={say('campaigns.nowWords')} />
          <Radio value="later" label={say('campaigns.later')} description={say('campaigns.laterWords')} />
        </div>
      </Radio.Group>
      {when.later && (
        <>
          <div className={styles.moment}>
            <TextInput
              type="date"
              label={say('campaigns.date')}
              value={when.date}
              onChange={({ currentTarget }) => set({ date: currentTarget.value })}
            />
            <TextInput
              type="time"
              label={say('campaigns.time')}
              value={when.time}
              onChange={({ currentTarget }) => set({ time: currentTarget.value })}
            />
            <p className={styles.zone}>
              {say('campaigns.zone', { name: zoneName(timezone), zone: timezone })}
            </p>
          </div>
          <Checkbox
            radius={4}
            label={say('campaigns.ownTime')}
            description={say('campaigns.ownTimeWords')}
            checked={when.ownTime}
            onChange={({ currentTarget }) => set({ ownTime: currentTarget.checked })}
          />
          <Option
            label={say('campaigns.windowed')}
            words={say('campaigns.windowedWords')}
            checked={when.windowed}
            change={(windowed) => set({ windowed })}
          >
            <div className={styles.moment}>
              <TextInput
                type="time"
                label={say('campaigns.windowFrom')}
                value={when.from}
                onChange={({ currentTarget }) => set({ from: currentTarget.value })}
              />
              <TextInput
                type="time"
                label={say('campaigns.windowTo')}
                value={when.to}
                onChange={({ currentTarget }) => set({ to: currentTarget.value })}
              />
            </div>
            <div className={styles.days} role="group" aria-label={say('campaigns.days')}>
              {weekdays.map((day) => {
                const chosen = when.days.includes(day);
                return (
                  <Button
                    key={day}
                    px={12}
                    aria-pressed={chosen}
                    variant={chosen ? 'light' : 'default'}
                    onClick={() =>
                      set({
                        days: weekdays.filter((one) => (one === day ? !chosen : when.days.includes(one))),
                      })
                    }
                  >
                    {say('campaigns.day', { day })}
                  </Button>
                );
              })}
            </div>
          </Option>
          <Option
            label={say('campaigns.limited')}
            words={say('campaigns.limitedWords')}
            checked={when.limited}
            change={(limited) => set({ limited, untilDate: when.untilDate || when.date })}
          >
            <div className={styles.moment}>
              <TextInput
                type="date"
                label={say('campaigns.untilDate')}
                value={when.untilDate}
                onChange={({ currentTarget }) => set({ untilDate: currentTarget.value })}
              />
              <TextInput
                type="time"
                label={say('campaigns.untilTime')}
                value={when.untilTime}
                onChange={({ currentTarget }) => set({ untilTime: currentTarget.value })}
              />
            </div>
          </Option>
        </>
      )}
      <TextInput
        className={styles.short}
        label={say('campaigns.maxCost')}
        description={say('campaigns.maxCostWords')}
        inputMode="decimal"
        autoComplete="off"
        rightSection={<span className="muted">{forecast?.cost.currency}</span>}
        rightSectionWidth={56}
        rightSectionPointerEvents="none"
        value={maxCost}
        error={maxCost.trim() !== '' && !isAmount(maxCost) ? say('campaigns.blocker.maxCost') : undefined}
        onChange={({ currentTarget }) => changeMaxCost(currentTarget.value)}
      />
      {(starts ?? ends) !== undefined && (
        <p className={styles.follows} role="status">
          {[starts, ends].filter(Boolean).join(' ')}
        </p>
      )}
    </div>
  );
}

interface OptionProps {
  label: string;
  words: string;
  checked: boolean;
  change: (checked: boolean) => void;
  children: ReactNode;
}

/** A choice with fields of its own. */
function Option({ label, words, checked, change, children }: OptionProps) {
  return (
    <div className={styles.option}>
      <Checkbox
        radius={4}
        label={label}
        description={words}
        checked={checked}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      {checked && <div className={styles.optionFields}>{children}</div>}
    </div>
  );
}
