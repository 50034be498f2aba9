import { useMemo } from 'react';
import { useLanguage } from '../i18n/language';

/** "Hindi", "English (India)": the name of WhatsApp's code of a language, in the page's language. */
export function useLanguageName(): (code: string) => string {
  const { locale } = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'language' });
    return (code) => {
      try {
        return names.of(code.replace('_', '-')) ?? code;
      } catch {
        return code;
      }
    };
  }, [locale]);
}
