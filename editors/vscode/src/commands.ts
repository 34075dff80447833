// The shim's own palette commands. Each asks what is missing and runs a server command.
import { commands, type Disposable, window } from 'vscode';
import type { State } from './contract';
import { chooseDecision, chooseSpec, chooseStage, type Chosen } from './pick';
import type { Server } from './server';
import { ours } from './specs';
import { nextSteps } from './waiting';

/** Registers `rutter.ui.*`. `latest` gives the last `rutter/state`. */
export function register(server: Server, latest: () => State | undefined): Disposable[] {
  const withSpec = (act: (chosen: Chosen) => Promise<void>) => async () => {
    const chosen = await chooseSpec(latest());
    if (chosen) await act(chosen);
  };

  const decide = async (wanted?: { spec: string; decision: string }) => {
    const status = ours(latest()?.specs ?? []).find(({ spec }) => spec === wanted?.spec);
    const chosen = wanted ? { spec: wanted.spec, status } : await chooseSpec(latest());
    const answer = chosen && (await chooseDecision(chosen, wanted?.decision));
    if (chosen && answer) await server.run('rutter.decide', { spec: chosen.spec, ...answer });
  };

  const showStatus = async () => {
    const state = latest();
    const steps = state ? nextSteps(state).filter(({ command }) => command.startsWith('rutter.ui.') || server.offers(command)) : [];
    if (server.offers('rutter.show')) steps.push({ label: 'Open the status page', description: '', command: 'rutter.show', argument: { what: 'status' } });
    if (steps.length === 0) {
      void window.showInformationMessage(server.running ? 'Nothing waits for you. "Rutter: New Spec" starts a spec.' : 'The Rutter server is not running. "Rutter: Restart the Server" starts it.');
      return;
    }
    const step = await window.showQuickPick(steps, { title: 'Rutter: what waits for you' });
    if (step?.command === 'rutter.ui.decide') await commands.executeCommand(step.command, step.argument);
    else if (step) await server.run(step.command, step.argument);
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
