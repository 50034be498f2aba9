import { useMutation } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { UpdateTemplateDocument } from '../generated/graphql';
import type { TemplateQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './templates.module.css';

interface Props {
  template: TemplateQuery['template'];
  mayChange: boolean;
}

/** Which quick replies mean "no more messages". A tick is stored at once. */
export function OptOutButtons({ template: { id, buttons, optOutButtons }, mayChange }: Props) {
  const say = useText();
  const [update, { loading, error, called, data }] = useMutation(UpdateTemplateDocument);
  const replies = buttons.filter(({ type }) => type === 'QUICK_REPLY');
  if (replies.length === 0) return null;
  const change = (index: number, stops: boolean) => {
    const next = stops ? [...optOutButtons, index] : optOutButtons.filter((one) => one !== index);
    update({
      variables: { id, optOutButtons: next.sort((a, b) => a - b) },
      // the tick is there at once; after a refusal it is taken back
      optimisticResponse: { updateTemplate: { __typename: 'Template', id, optOutButtons: next } },
    }).catch(() => undefined); // shown by `error`
  };
  const stops = replies.filter(({ index }) => optOutButtons.includes(index));
  return (
    <section className={styles.section} aria-labelledby="stops">
      <h2 id="stops">{say('templates.stops')}</h2>
      <p className="muted">{say('templates.stopsWords')}</p>
      {error && <ErrorState title={say('templates.stopsNotSaved')} error={error} />}
      {mayChange ? (
        <div className={styles.checks} role="group" aria-labelledby="stops">
          {replies.map(({ index, text }) => (
            <Checkbox
              key={index}
              radius={4}
              label={<span data-content>{text}</span>}
              checked={optOutButtons.includes(index)}
              onChange={({ currentTarget }) => change(index, currentTarget.checked)}
            />
          ))}
        </div>
      ) : (
        <p data-content>{stops.map(({ text }) => text).join(', ') || say('templates.stopsNone')}</p>
      )}
      <p role="status" className="muted small">
        {called && !loading && data ? say('templates.stopsSaved') : ''}
      </p>
    </section>
  );
}
