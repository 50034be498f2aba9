import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useCallback, useEffect, useId, useState } from 'react';
import { download } from '../api/http';
import { ImportErrorsDocument } from '../generated/graphql';
import type { ImportErrorsQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useSignedIn } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import { LoadMore } from '../ui/pager';
import { SkeletonRows } from '../ui/skeleton-rows';
import styles from './imports.module.css';
import { RowProblems } from './row-problems';

const pageSize = 20;

interface Props {
  importId: string;
  /** What the file is called. */
  name: string;
  count: number;
  running: boolean;
}

type Page = ImportErrorsQuery['import']['errors'];

/** The rows that were not imported, with the reasons, to read and to take away. */
export function Problems({ importId, name, count, running }: Props) {
  const say = useText();
  const id = useId();
  const { rows, busy, problem, hasMore, loadMore } = useErrors(importId);
  return (
    <section className={styles.problems} aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{say('imports.problemsTitle', { count })}</h2>
          <p className={styles.hint}>{say(running ? 'imports.problemsSoFar' : 'imports.problemsNext')}</p>
        </div>
        {!running && <DownloadProblems importId={importId} name={name} count={count} />}
      </header>
      {problem !== undefined && (
        <ErrorState title={say('imports.problemsFailed')} error={problem} retry={loadMore} />
      )}
      {rows.length > 0 ? (
        <>
          <RowProblems caption={say('imports.problemsCaption')} problems={rows} />
          {count > pageSize && (
            <LoadMore shown={rows.length} total={count} hasMore={hasMore} busy={busy} loadMore={loadMore} />
          )}
        </>
      ) : (
        busy && <SkeletonRows rows={Math.min(pageSize, count)} />
      )}
    </section>
  );
}

/** The errors of an import, page by page. They are not kept: there can be as many as rows. */
function useErrors(importId: string) {
  const client = useApolloClient();
  const [pages, setPages] = useState<Page[]>([]);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<unknown>();
  const after = pages.at(-1)?.pageInfo.endCursor ?? null;

  const load = useCallback(
    async (from: string | null, wanted: () => boolean) => {
      try {
        const { data } = await client.query({
          query: ImportErrorsDocument,
          variables: { id: importId, first: pageSize, after: from },
          fetchPolicy: 'no-cache',
        });
        const page = data?.import.errors;
        if (wanted() && page) setPages((before) => (from === null ? [page] : [...before, page]));
      } catch (error) {
        if (wanted()) setProblem(error);
      } finally {
        if (wanted()) setBusy(false);
      }
    },
    [client, importId],
  );
  useEffect(() => {
    let mounted = true;
    void load(null, () => mounted);
    return () => {
      mounted = false;
    };
  }, [load]);

  return {
    rows: pages.flatMap(({ nodes }) => nodes),
    busy,
    problem,
    hasMore: pages.at(-1)?.pageInfo.hasNextPage ?? false,
    loadMore: () => {
      setBusy(true);
      setProblem(undefined);
      void load(after, () => true);
    },
  };
}

function DownloadProblems({ importId, name, count }: Omit<Props, 'running'>) {
  const say = useText();
  const { token } = useSignedIn();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const save = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const fileName = `${name.replace(/\.\w+$/, '')}-not-imported.csv`;
      await download(`/imports/${importId}/errors`, token, fileName);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button aria-busy={busy} onClick={() => !busy && void save()}>
        {say('imports.download', { count })}
      </Button>
      {problem !== undefined && (
        <ErrorState title={say('imports.downloadFailed')} error={problem} retry={() => void save()} />
      )}
    </>
  );
}
