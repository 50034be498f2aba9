import { useSyncExternalStore } from 'react';
import type { MessageFormatElement } from 'react-intl';

export const languages = [
  { code: 'en', name: 'English', locale: 'en-GB' },
  { code: 'hi', name: 'हिन्दी', locale: 'hi-IN' },
] as const;

export type LanguageCode = (typeof languages)[number]['code'];

/** A language with its texts. `locale` is for numbers and dates: Hindi groups digits as in 1,15,190. */
export interface Language {
  code: LanguageCode;
  locale: string;
  messages: Record<string, MessageFormatElement[]>;
}

const storageKey = 'dakiya.locale';

const loaders: Record<LanguageCode, () => Promise<{ default: Language['messages'] }>> = {
  en: () => import('virtual:messages/en'),
  hi: () => import('virtual:messages/hi'),
};

let current: Language | undefined;
const listeners = new Set<() => void>();

/** Loads the language chosen last time, or the browser's. Called once, before the page is drawn. */
export async function loadLanguage(): Promise<void> {
  await changeLanguage(chosen());
}

/** Changes the language of the page. Until the texts have arrived, the page keeps its present language. */
export async function changeLanguage(code: LanguageCode): Promise<void> {
  const { locale } = languages.find((language) => language.code === code) ?? languages[0];
  const { default: messages } = await loaders[code]();
  current = { code, locale, messages };
  document.documentElement.lang = code;
  remember(code);
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  const language = useSyncExternalStore(subscribe, () => current);
  if (!language) throw new Error('The page was drawn before its texts were loaded');
  return language;
}

function chosen(): LanguageCode {
  const wanted = [stored(), ...navigator.languages.map((name) => name.slice(0, 2))];
  for (const name of wanted) {
    const known = languages.find(({ code }) => code === name);
    if (known) return known.code;
  }
  return 'en';
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null; // storage is blocked: the choice lasts until the page is closed
  }
}

function remember(code: LanguageCode): void {
  try {
    localStorage.setItem(storageKey, code);
  } catch {
    // as above
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
