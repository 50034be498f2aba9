import { NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLanguageName } from '../format/use-language-name';
import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { SearchBox } from '../ui/search-box';
import type { TemplatesSearch } from './routes';
import styles from './templates.module.css';

/** The templates that an address asks for. Without a status, those that were deleted are left out. Pure. */
export function filtered(
  templates: readonly TemplateCardFragment[],
  { search = '', status, category, language }: TemplatesSearch,
): TemplateCardFragment[] {
  const wanted = search.trim().toLocaleLowerCase();
  return templates.filter(
    (one) =>
      (status === undefined ? one.status !== 'DELETED' : one.status === status) &&
      (category === undefined || one.category === category) &&
      (language === undefined || one.language === language) &&
      (wanted === '' ||
        one.name.includes(wanted) ||
        (one.bodyText ?? '').toLocaleLowerCase().includes(wanted)),
  );
}

/** Search and filters, kept in the address. */
export function FilterBar({ templates }: { templates: readonly TemplateCardFragment[] }) {
  const say = useText();
  const languageName = useLanguageName();
  const navigate = useNavigate();
  const { search = '', status, category, language } = useSearch({ from: '/templates' });
  const change = (part: Record<string, string>) =>
    void navigate({
      to: '/templates',
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, value]) => value !== '')),
      replace: true,
    });
  const values = (of: (one: TemplateCardFragment) => string, now: string | undefined) =>
    [...new Set([...templates.map(of), ...(now === undefined ? [] : [now])])].sort();
  const select = (
    name: 'status' | 'category' | 'language',
    now: string | undefined,
    all: string,
    words: (value: string) => string,
  ) => (
    <NativeSelect
      aria-label={say(`templates.${name}`)}
      value={now ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    >
      <option value="">{all}</option>
      {values((one) => one[name], now).map((value) => (
        <option key={value} value={value}>
          {words(value)}
        </option>
      ))}
    </NativeSelect>
  );
  return (
    <div className={styles.filters} role="search">
      <SearchBox
        className={styles.search}
        label={say('templates.search')}
        placeholder={say('templates.search')}
        value={search}
        search={(text) => change({ search: text })}
      />
      {select('status', status, say('templates.allStatuses'), (value) =>
        say('templates.statusName', { status: value }),
      )}
      {select('category', category, say('templates.allCategories'), (value) =>
        say('templates.categoryName', { category: value }),
      )}
      {select('language', language, say('templates.allLanguages'), languageName)}
    </div>
  );
}
