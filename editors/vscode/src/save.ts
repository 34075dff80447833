// An approval binds to the text on disk, so the spec's unsaved documents are saved before the commands that read it.
import { Uri, workspace } from 'vscode';
import { belongsTo, inSpecFolder } from './specs';

const SAVE_FIRST = new Set(['rutter.approve', 'rutter.nextStage', 'rutter.sync']);

/** Saves what `command` will read. Throws when a document could not be saved. */
export async function saveBefore(command: string, args: unknown[]): Promise<void> {
  if (!SAVE_FIRST.has(command)) return;
  const spec = (args[0] as { spec?: string } | undefined)?.spec;
  const wanted = spec?.includes('://') ? Uri.parse(spec).path : spec;
  for (const document of workspace.textDocuments) {
    const path = document.uri.path;
    const read = wanted === undefined ? inSpecFolder(path) : belongsTo(path, wanted);
    if (!document.isDirty || !read) continue;
    if (!(await document.save())) throw new Error(`${path.slice(path.lastIndexOf('/') + 1)} could not be saved. Save it, then try again.`);
  }
}
