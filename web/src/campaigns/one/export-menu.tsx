import { Button, Menu } from '@mantine/core';
import '@mantine/core/styles/Menu.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import { useState } from 'react';
import { download } from '../../api/http';
import { useErrorWords } from '../../api/use-error-words';
import { useText } from '../../i18n/text';
import { useSignedIn } from '../../sign-in/signed-in';
import campaignStyles from '../campaigns.module.css';

/** What is exported: `excluded` and `outcome` of `GET /exports/recipients`. */
const choices = [
  { name: 'all', query: '' },
  { name: 'withExcluded', query: '&excluded=true' },
  { name: 'delivered', query: '&outcome=DELIVERED' },
  { name: 'notRead', query: '&outcome=NOT_READ' },
  { name: 'clicked', query: '&outcome=CLICKED' },
  { name: 'failed', query: '&outcome=FAILED' },
  { name: 'skipped', query: '&outcome=SKIPPED' },
] as const;

/** Saves the people of a campaign as a CSV file. */
export function ExportMenu({ campaignId, name }: { campaignId: string; name: string }) {
  const say = useText();
  const words = useErrorWords();
  const { token } = useSignedIn();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const save = async (choice: (typeof choices)[number]) => {
    setProblem(undefined);
    setBusy(true);
    try {
      const fileName = `${name} - ${say(`campaigns.one.export.${choice.name}`)}.csv`;
      await download(`/exports/recipients?campaignId=${campaignId}${choice.query}`, token, fileName);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
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
          {choices.map((choice) => (
            <Menu.Item key={choice.name} onClick={() => void save(choice)}>
              {say(`campaigns.one.export.${choice.name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
