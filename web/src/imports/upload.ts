import { problemOf } from '../api/http';

/** The connection was lost, or the file could not be read to its end. */
export class UploadLost extends Error {
  constructor(
    /** All of the file was sent: the import may run although nobody answered. */
    readonly allSent: boolean,
  ) {
    super();
  }
}

/**
 * Sends a file to POST /imports. XMLHttpRequest, because fetch() cannot tell how much has been sent.
 * @param onProgress is given the bytes sent so far
 * @returns the id of the import
 * @throws HttpProblem; UploadLost; the signal's reason
 */
export function upload(
  file: File,
  parameters: string,
  token: string,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let allSent = false;
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.upload.addEventListener('load', () => {
      allSent = true;
      onProgress(file.size);
    });
    request.addEventListener('load', () => {
      const { status, responseText } = request;
      if (status !== 202) reject(problemOf(status, responseText));
      else resolve((JSON.parse(responseText) as { importId: string }).importId);
    });
    request.addEventListener('error', () => reject(new UploadLost(allSent)));
    request.addEventListener('abort', () => reject(signal.reason as Error));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', `/imports?${parameters}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.send(file);
  });
}
