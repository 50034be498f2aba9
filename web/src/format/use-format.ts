import { useMemo } from 'react';
import { useLanguage } from '../i18n/language';
import { count, money, percent, unitPrice } from './numbers';
import {
  absolute,
  ago,
  clockTime,
  day,
  dayAndExactTime,
  dayAndTime,
  dayAndZone,
  duration,
  exactTime,
} from './time';

/** The functions of this folder in the page's language. */
export function useFormat() {
  const { locale } = useLanguage();
  return useMemo(
    () => ({
      count: (value: number) => count(value, locale),
      percent: (rate: number | null) => percent(rate, locale),
      money: (amount: string, currency: string) => money(amount, currency, locale),
      unitPrice: (amount: string, currency: string) => unitPrice(amount, currency, locale),
      ago: (iso: string, now: number) => ago(iso, now, locale),
      absolute: (iso: string, timeZone: string) => absolute(iso, timeZone, locale),
      dayAndTime: (iso: string, timeZone: string) => dayAndTime(iso, timeZone, locale),
      dayAndExactTime: (iso: string, timeZone: string) => dayAndExactTime(iso, timeZone, locale),
      dayAndZone: (iso: string, timeZone: string) => dayAndZone(iso, timeZone, locale),
      day: (iso: string, timeZone: string) => day(iso, timeZone, locale),
      clockTime: (at: string | number, timeZone: string) => clockTime(at, timeZone, locale),
      exactTime: (at: string | number, timeZone: string) => exactTime(at, timeZone, locale),
      duration: (milliseconds: number) => duration(milliseconds, locale),
    }),
    [locale],
  );
}
