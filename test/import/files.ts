import type { App } from '../support/app';
import { waitFor } from '../support/wait';

/** An import as GraphQL gives it. */
export interface ImportAnswer {
  id: string;
  kind: string;
  status: string;
  fileName: string | null;
  totalRows: number;
  importedRows: number;
  createdRows: number;
  updatedRows: number;
  failedRows: number;
  bytesRead: number;
  bytesTotal: number | null;
  ignoredColumns: string[];
  reason: string | null;
  startedAt: string;
  completedAt: string | null;
  errors: {
    nodes: ImportErrorAnswer[];
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

export interface ImportErrorAnswer {
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
}

export const importFields = `id kind status fileName totalRows importedRows createdRows updatedRows failedRows bytesRead
  bytesTotal ignoredColumns reason startedAt completedAt`;

export type Body = string | Uint8Array<ArrayBuffer>;

export interface PostOptions {
  kind?: string;
  path?: string;
  parameters?: Record<string, string>;
  headers?: Record<string, string>;
  token?: string | null;
}

/** Posts a file to /imports, or to another path. */
export async function post(
  app: App,
  body: Body | ReadableStream,
  { kind = 'customers', path = '/imports', parameters = {}, headers = {}, token }: PostOptions = {},
): Promise<{
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
}> {
  const query = new URLSearchParams({ businessId: app.businessId, kind, ...parameters });
  const response = await fetch(`${app.url}${path}?${query.toString()}`, {
    method: 'POST',
    headers: {
      'content-type': 'text/csv',
      ...(token === null ? {} : { authorization: `Bearer ${token ?? (await app.token())}` }),
      ...headers,
    },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Posts a file that must be accepted. @returns the import's id */
export async function send(
  app: App,
  body: Body | ReadableStream,
  options: PostOptions = {},
): Promise<string> {
  const answer = await post(app, body, options);
  expect([answer.status, answer.body]).toEqual([202, { importId: expect.any(String) as string }]);
  return answer.body.importId as string;
}

export async function importOf(app: App, id: string): Promise<ImportAnswer> {
  const found = await app.data<{ import: ImportAnswer }>(
    `query ($id: ID!) { import(id: $id) { ${importFields}
       errors(first: 100) { totalCount nodes { line column value reason } pageInfo { hasNextPage endCursor } } } }`,
    { id },
  );
  return found.import;
}

/** Waits for the end of an import, whatever it is. */
export function ended(app: App, id: string, timeoutMs = 60_000): Promise<ImportAnswer> {
  return waitFor(
    async () => {
      const now = await importOf(app, id);
      return now.status === 'RUNNING' ? undefined : now;
    },
    { what: 'the import ends', timeoutMs },
  );
}

/** Imports a file that must be completed. */
export async function importFile(app: App, body: Body, options: PostOptions = {}): Promise<ImportAnswer> {
  const now = await ended(app, await send(app, body, options));
  expect([now.status, now.reason]).toEqual(['COMPLETED', null]);
  expect(now.totalRows).toBe(now.importedRows + now.failedRows);
  expect(now.bytesRead).toBe(now.bytesTotal);
  return now;
}

/** The contacts of the app's business, by phone. */
export function contacts<T>(app: App, kind: 'customers' | 'leads', columns: string): Promise<T[]> {
  return app.database.query<T[]>(
    `SELECT ${columns} FROM ${kind} WHERE business_id = $1 ORDER BY phone_e164, external_id, name`,
    [app.businessId],
  );
}

/** Rows as a CSV. */
export function csv(rows: readonly (readonly string[])[], delimiter = ',', lineEnd = '\n'): string {
  const cell = (text: string) =>
    /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join('');
}
