import { useState } from 'react';
import { download } from '../../api/http';
import { useSignedIn } from '../../sign-in/signed-in';
import type { Campaign } from './campaign-screen';

/** Saves people of a campaign as a CSV file, and keeps why that did not work. */
export function useExport({ id, campaignName }: Campaign) {
  const { token } = useSignedIn();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  /**
   * @param query parameters of `GET /exports/recipients` besides the campaign
   * @param title stands behind the name of the campaign in the name of the file
   */
  const save = async (query: Record<string, string>, title: string) => {
    setProblem(undefined);
    setBusy(true);
    try {
      const parameters = new URLSearchParams({ campaignId: id, ...query });
      await download(`/exports/recipients?${parameters}`, token, `${campaignName} - ${title}.csv`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, save };
}
