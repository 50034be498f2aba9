import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The first is the same browser without its windows: pages take a third less of the processor. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

/** The path of a browser: one on PATH, else the one in the development packages; undefined if neither runs here. */
export async function findBrowser(log: (line: string) => void): Promise<string | undefined> {
  const onPath = names
    .flatMap((name) =>
      (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
    )
    .find(isExecutable);
  if (onPath !== undefined) return onPath;
  try {
    // Built for Linux on x64; it unpacks itself into the folder for temporary files.
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error('it is for Linux on x64 only');
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } catch (error) {
    log(
      `The tests of the pages are skipped: no browser on PATH (${names.join(', ')}), and the packaged one cannot be used: ${(error as Error).message}`,
    );
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
