// The shim's own palette commands. Each asks what is missing and runs a server command.
import { commands, type Disposable, window } from 'vscode';
import type { Item, State } from './contract';
import { chooseItem, chooseSpec, chooseStage, type Chosen, decisions } from './pick';
import type { Server } from './server';
import { click } from './view';

/** Registers `rutter.ui.*`. `latest` gives the last `rutter/state`. */
export function register(server: Server, latest: () => State | undefined): Disposable[] {
  const withSpec = (act: (chosen: Chosen) => Promise<void>) => async () => {
    const chosen = await chooseSpec(latest());
    if (chosen) await act(chosen);
  };

  const take = async (items: Item[], title: string) => {
    const action = await chooseItem(items, title).then((item) => item && click(item));
    if (action) await commands.executeCommand(action.command, ...action.arguments);
  };

  const decide = async () => {
    const open = decisions(latest());
    if (open.length === 0) void window.showInformationMessage('No decision is open.');
    else await take(open.length === 1 ? (open[0]?.items ?? []) : open, open.length === 1 ? (open[0]?.label ?? '') : 'Which decision?');
  };

  const showStatus = async () => {
    const sections = latest()?.view?.sections ?? [];
    const items = sections.filter(({ id }) => id === 'waits' || id === 'jobs').flatMap(({ items }) => items);
    if (sections.length > 0) items.push({ label: 'Open the status page', kind: 'open', command: 'rutter.show', argument: { what: 'status' } });
    if (items.length > 0) return take(items, 'Rutter: what waits for you');
    void window.showInformationMessage(server.running ? 'Nothing waits for you. "Rutter: New Spec" starts a spec.' : 'The Rutter server is not running. "Rutter: Restart the Server" starts it.');
  };

  const all: Record<string, (...args: never[]) => unknown> = {
    newSpec: () => server.run('rutter.newSpec', selected()),
    specFromCode: async () => {
      const editor = window.activeTextEditor;
      if (editor?.document.uri.scheme === 'file') await server.run('rutter.specFromCode', { uri: editor.document.uri.toString(), ...selected() });
      else void window.showInformationMessage('Open the source file first, and select a part of it if you want only that.');
    },
    decide,
    approve: withSpec(async (chosen) => {
      const stage = await chooseStage(chosen);
      if (stage !== undefined) await server.run('rutter.approve', { spec: chosen.spec, stage });
    }),
    newHook: () => server.run('rutter.newHook', {}),
    newSteering: () => server.run('rutter.newSteering', {}),
    continue: withSpec(({ spec }) => server.run('rutter.nextStage', { spec })),
    sync: withSpec(({ spec }) => server.run('rutter.sync', { spec })),
    undo: async () => {
      const change = server.lastChange;
      if (change !== undefined) await server.run('rutter.undo', { change });
      else void window.showInformationMessage('No change was made through Rutter in this window, so there is none to undo.');
    },
    showStatus,
    restart: () => server.restart(),
    showLog: () => server.log.show(),
  };
  return Object.entries(all).map(([name, act]) => commands.registerCommand(`rutter.ui.${name}`, act));
}

/** The selected text as `uri` and `range`, which the server reads; empty when nothing is selected, and then the server asks. */
function selected(): object {
  const editor = window.activeTextEditor;
  if (!editor || editor.selection.isEmpty || editor.document.uri.scheme !== 'file') return {};
  const { start, end } = editor.selection;
  const at = ({ line, character }: { line: number; character: number }) => ({ line, character });
  return { uri: editor.document.uri.toString(), range: { start: at(start), end: at(end) } };
}
