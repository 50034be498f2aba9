import { useCallback } from 'react';
import { useLanguage } from '../i18n/language';

/** The name of a country in the page's language; its code if it has none. */
export function useCountryName(): (code: string) => string {
  const { locale } = useLanguage();
  return useCallback((code) => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code, [locale]);
}
