import { postFile } from '../api/post-file';

/**
 * Sends a file to POST /imports.
 * @param onProgress is given the bytes sent so far
 * @returns the id of the import
 * @throws HttpProblem; UploadLost; the signal's reason
 */
export async function upload(
  file: File,
  parameters: string,
  token: string,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const answer = await postFile(`/imports?${parameters}`, file, {
    type: 'text/csv',
    token,
    onProgress,
    signal,
  });
  return (answer as { importId: string }).importId;
}
