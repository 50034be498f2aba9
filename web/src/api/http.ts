/** An answer with an error status to a request that is not GraphQL. `message` is the server's own sentence. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    /** One of the API's error codes; undefined if the answer is not the API's, e.g. a proxy's. */
    readonly code: string | undefined,
    message: string,
  ) {
    super(message);
  }
}

/** Reads the body of such an answer: `{ error: { code, message } }`. */
export function problemOf(status: number, body: string): HttpProblem {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    if (typeof error?.code === 'string' && typeof error.message === 'string')
      return new HttpProblem(status, error.code, error.message);
  } catch {
    // not JSON
  }
  return new HttpProblem(status, undefined, '');
}

/** Saves what a path answers as a file. A link could not carry the token. */
export async function download(path: string, token: string, fileName: string): Promise<void> {
  const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw problemOf(response.status, await response.text());
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has taken hold of the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
