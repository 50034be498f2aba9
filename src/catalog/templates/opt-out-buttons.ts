import { optOutWords } from './opt-out-words';
import type { OptOutChoice } from './template.entity';
import type { ButtonShape } from './buttons';

/**
 * The quick replies that mean "no more messages": as a person chose, else as their words suggest. A choice belongs to the
 * text of the button: it stays when an edit at WhatsApp moves the button; after a change of the text the words decide again.
 */
export function optOutButtonsOf(
  buttons: readonly ButtonShape[],
  choice: readonly OptOutChoice[] | null | undefined,
): number[] {
  return quickReplies(buttons)
    .filter(({ index, text = '' }) => {
      const same = choice?.filter((one) => one.text === text) ?? [];
      const chosen = same.find((one) => one.index === index) ?? same[0];
      return chosen?.optsOut ?? suggestsOptOut(text);
    })
    .map(({ index }) => index);
}

/** What to keep of a person's choice of `indexes`, for every quick reply of the template. */
export function optOutChoice(buttons: readonly ButtonShape[], indexes: readonly number[]): OptOutChoice[] {
  return quickReplies(buttons).map(({ index, text = '' }) => ({
    index,
    text,
    optsOut: indexes.includes(index),
  }));
}

export function quickReplies(buttons: readonly ButtonShape[]): ButtonShape[] {
  return buttons.filter(({ type }) => type === 'QUICK_REPLY');
}

/**
 * Whether the words of a button ask for no more messages, in any of the languages: labels are often in another than
 * their template's. Only a suggestion. When in doubt it says no, since a wrong yes would opt people out who only wanted to
 * see the sales.
 */
export function suggestsOptOut(label: string): boolean {
  const words = wordsOf(label);
  return vocabularies.some(({ asks, beside }) =>
    asks.some((phrase) => {
      const at = placeOf(phrase, words);
      return (
        at >= 0 &&
        [...words.slice(0, at), ...words.slice(at + phrase.length)].every((word) => beside.has(word))
      );
    }),
  );
}

const vocabularies = Object.values(optOutWords).map(({ asks, beside }) => ({
  asks: asks.map(wordsOf),
  beside: new Set(beside.flatMap(wordsOf)),
}));

function placeOf(phrase: readonly string[], words: readonly string[]): number {
  for (let at = 0; at + phrase.length <= words.length; at++)
    if (phrase.every((word, i) => words[at + i] === word)) return at;
  return -1;
}

/** Lower-case words without accents of Latin letters; an apostrophe does not end a word ("don't" is "dont"). */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f\u200b-\u200d\u2060\ufeff\u00ad'’ʼ`]/g, '');
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
