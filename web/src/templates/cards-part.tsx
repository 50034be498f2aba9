import { Button, NativeSelect } from '@mantine/core';
import { useText } from '../i18n/text';
import { ButtonFields } from './buttons-part';
import { ExampleFile } from './example-file';
import {
  fewestCards,
  mostCardButtons,
  mostCards,
  ofCardHeader,
  rulesOf,
  withCard,
  withCardButton,
  withPart,
} from './new-template';
import type { NewCard } from './new-template';
import type { PartProps } from './parts';
import styles from './templates.module.css';
import { VariableText } from './variable-text';

/** The cards of a carousel: first what is the same on all of them, then each card. */
export function CardsPart(props: PartProps) {
  const { template, change, wrong } = props;
  const say = useText();
  const { cards, cardHeader } = template;
  const places = Array.from({ length: mostCardButtons }, (_, place) => place);
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.cards')}</legend>
      <p className="muted small">{say('templates.cardsWords')}</p>
      <div className={styles.pair}>
        <NativeSelect
          label={say('templates.cardHeader')}
          value={cardHeader}
          onChange={({ currentTarget }) => {
            const chosen = currentTarget.value === 'VIDEO' ? 'VIDEO' : 'IMAGE';
            change((before) => ofCardHeader(before, chosen));
          }}
        >
          {(['IMAGE', 'VIDEO'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {say('templates.headerName', { kind })}
            </option>
          ))}
        </NativeSelect>
        {places.map((place) => (
          <NativeSelect
            key={place}
            label={say('templates.cardButton', { place: place + 1 })}
            value={cards[0]?.buttons[place]?.kind ?? ''}
            onChange={({ currentTarget }) => {
              const kind = rulesOf.CARDS.buttons.find((one) => one === currentTarget.value);
              change((before) => ({ cards: withCardButton(before, place, kind) }));
            }}
          >
            {place > 0 && <option value="">{say('templates.noButton')}</option>}
            {rulesOf.CARDS.buttons.map((kind) => (
              <option key={kind} value={kind}>
                {say('templates.buttonName', { kind })}
              </option>
            ))}
          </NativeSelect>
        ))}
      </div>
      {cards.map((card, index) => (
        <CardFields key={card.key} card={card} number={index + 1} {...props} />
      ))}
      {wrong('cards') !== undefined && <p className={styles.wrong}>{wrong('cards')}</p>}
      {cards.length < mostCards && (
        <div>
          <Button onClick={() => change((before) => ({ cards: withCard(before) }))}>
            {say('templates.addCard')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function CardFields({ card, number, ...props }: PartProps & { card: NewCard; number: number }) {
  const { template, change, wrong, touch, tracked } = props;
  const say = useText();
  const { key, fileName, body, buttons } = card;
  const { cards, cardHeader } = template;
  const name = say('templates.card', { number });
  const set = (part: (before: NewCard) => Partial<NewCard>) =>
    change(({ cards: before }) => ({
      cards: before.map((one) => (one.key === key ? { ...one, ...part(one) } : one)),
    }));
  return (
    <div className={styles.button} role="group" aria-label={name}>
      <div className={styles.spread}>
        <strong>{name}</strong>
        {cards.length > fewestCards && (
          <Button
            aria-label={say('templates.removeButton', { name })}
            onClick={() => change((before) => ({ cards: before.cards.filter((one) => one.key !== key) }))}
          >
            {say('templates.remove')}
          </Button>
        )}
      </div>
      <ExampleFile
        key={cardHeader}
        kind={cardHeader}
        fileName={fileName}
        wrong={wrong(`card.${key}.header`)}
        change={(kept) => set(() => kept)}
      />
      <VariableText
        {...props}
        at={`card.${key}.body`}
        text={body}
        label={say('templates.cardText')}
        description={say('templates.cardTextWords', { count: body.length })}
        rows={2}
        set={(text) => set(() => ({ body: text }))}
      />
      {buttons.map((button) => (
        <ButtonFields
          key={button.key}
          button={button}
          at={`card.${key}.button.${button.key}`}
          set={(part) => set((before) => ({ buttons: withPart(before.buttons, button.key, part) }))}
          wrong={wrong}
          touch={touch}
          tracked={tracked}
        />
      ))}
    </div>
  );
}
