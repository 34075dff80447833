// Where the server's binary is. Only absolute paths count: a workspace must not be able to slip in its own.
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/** The one command that puts `rutter` on the PATH, run in a checkout of Rutter. */
export const INSTALL = 'cargo install --path crates/cli --locked';

export interface Place {
  /** Value of `rutter.server.path`; empty when unset. */
  setting: string;
  extensionDir: string;
  /** Value of the PATH variable. */
  path: string;
  platform: NodeJS.Platform;
  runnable(file: string): boolean;
}

export type Found = { file: string } | { missing: 'setting' | 'everywhere'; message: string };

/** The setting wins and is never silently replaced; then the packed binary; then the PATH. */
export function findServer(place: Place): Found {
  const { isAbsolute, join, delimiter } = place.platform === 'win32' ? win32 : posix;
  const setting = place.setting.trim();
  if (setting !== '') {
    if (isAbsolute(setting) && place.runnable(setting)) return { file: setting };
    const message = `Rutter can't start: the setting rutter.server.path names "${setting}", which is not an absolute path of a program. Correct or clear the setting.`;
    return { missing: 'setting', message };
  }
  const name = place.platform === 'win32' ? 'rutter.exe' : 'rutter';
  const folders = place.path.split(delimiter).filter((folder) => isAbsolute(folder));
  const candidates = [join(place.extensionDir, 'server', name), ...folders.map((folder) => join(folder, name))];
  const file = candidates.find((candidate) => place.runnable(candidate));
  if (file !== undefined) return { file };
  return { missing: 'everywhere', message: `Rutter can't start: there is no "${name}" on your PATH. In a checkout of Rutter run: ${INSTALL}` };
}

/** True for a file that this user may execute. */
export function runnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
