import { useMemo } from 'react';
import { useBusiness } from '../frame/business';
import { phone } from '../format/phone';
import type { ContactRowFragment } from '../generated/graphql';
import { useLanguage } from '../i18n/language';
import { useText } from '../i18n/text';

export type ContactWords = ReturnType<typeof useContactWords>;

/** Contacts as people speak of them, in the page's language and the business's zone. */
export function useContactWords() {
  const say = useText();
  const { locale } = useLanguage();
  const { timezone: timeZone } = useBusiness();
  return useMemo(
    () => ({
      timeZone,
      /** The name, or whatever else is known of somebody whose name is not. */
      name: ({ name, phone: written, phoneE164, bsuid }: Known) =>
        name || (phoneE164 === null ? written : phone(phoneE164)) || bsuid || say('contacts.noName'),
      /** The phone as people write it, and that it cannot be read where it cannot. */
      phone: ({ phone: written, phoneE164, bsuid }: Omit<Known, 'name'>) => {
        if (phoneE164 !== null) return phone(phoneE164);
        if (written) return say('contacts.phoneUnread', { phone: written });
        return bsuid === null ? '' : say('contacts.phoneHidden');
      },
      status: (status: string | null) => status && say('contacts.statusName', { status }),
      quality: (quality: string | null) => quality && say('contacts.qualityName', { quality }),
      count: (value: number | null) => value?.toLocaleString(locale),
      /** An amount in the business's currency, which is not named. */
      amount: (value: string | null) =>
        value === null
          ? undefined
          : Number(value).toLocaleString(locale, {
              minimumFractionDigits: 2,
              maximumFractionDigits: 2,
            }),
    }),
    [say, locale, timeZone],
  );
}

type Known = Pick<ContactRowFragment, 'name' | 'phone' | 'phoneE164' | 'bsuid'>;
