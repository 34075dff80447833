// Restricted Mode: documents are read, checked and written, but nothing that the folder brings is run or trusted.
import { commands, window, workspace } from 'vscode';

const RUNS = new Set(['rutter.runHook', 'rutter.trust', 'rutter.toggleServer', 'rutter.startTask', 'rutter.runAll']);

/** The section `rutter` as it counts: in Restricted Mode no hook fires, whatever it says. */
export const inTrust = (section: unknown): unknown => (workspace.isTrusted ? section : { ...(section as object | null | undefined), hooks: { fire: false } });

/** True when `command` must not be carried out here; then the user is told. */
export function refused(command: string): boolean {
  if (workspace.isTrusted || !RUNS.has(command)) return false;
  const message = 'This workspace is in Restricted Mode, so nothing in it is run or trusted. Trust the workspace first.';
  void window.showWarningMessage(message, 'Manage Trust').then((choice) => choice && commands.executeCommand('workbench.trust.manage'));
  return true;
}
