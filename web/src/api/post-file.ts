import { problemOf } from './http';

/** The connection was lost, or the file could not be read to its end. */
export class UploadLost extends Error {
  constructor(
    /** All of the file was sent: the server may have taken it although nobody answered. */
    readonly allSent: boolean,
  ) {
    super();
  }
}

interface Options {
  /** The Content-Type. */
  type: string;
  token: string;
  /** Called with the bytes sent so far. */
  onProgress: (sent: number) => void;
  signal: AbortSignal;
}

/**
 * Sends a file. XMLHttpRequest, because fetch() cannot tell how much has been sent.
 * @returns what the server answers, from JSON
 * @throws HttpProblem; UploadLost; the signal's reason
 */
export function postFile(
  address: string,
  file: File,
  { type, token, onProgress, signal }: Options,
): Promise<unknown> {
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
      if (status >= 200 && status < 300) resolve(JSON.parse(responseText));
      else reject(problemOf(status, responseText));
    });
    request.addEventListener('error', () => reject(new UploadLost(allSent)));
    request.addEventListener('abort', () => reject(signal.reason as Error));
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', address);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', type);
    request.send(file);
  });
}
