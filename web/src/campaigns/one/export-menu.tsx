import { Button, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import { useErrorWords } from '../../api/use-error-words';
import { useText } from '../../i18n/text';
import campaignStyles from '../campaigns.module.css';
import type { Campaign } from './campaign-screen';
import { useExport } from './use-export';

/** What is exported: `excluded` and `outcome` of `GET /exports/recipients`. */
const choices = [
  { name: 'all', query: {} },
  { name: 'withExcluded', query: { excluded: 'true' } },
  { name: 'delivered', query: { outcome: 'DELIVERED' } },
  { name: 'notRead', query: { outcome: 'NOT_READ' } },
  { name: 'clicked', query: { outcome: 'CLICKED' } },
  { name: 'failed', query: { outcome: 'FAILED' } },
  { name: 'skipped', query: { outcome: 'SKIPPED' } },
] as const;

/** Saves the people of a campaign as a CSV file. */
export function ExportMenu({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const words = useErrorWords();
  const { busy, problem, save } = useExport(campaign);
  return (
    <>
      {problem !== undefined && (
        <p className={campaignStyles.problem} role="alert">
          {words(problem)}
        </p>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button loading={busy}>{say('campaigns.one.export')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map(({ name, query }) => {
            const title = say(`campaigns.one.export.${name}`);
            return (
              <Menu.Item key={name} onClick={() => void save(query, title)}>
                {title}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
