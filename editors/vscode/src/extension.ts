// Puts the pieces together. Everything the product knows is in the server; this is its face in VS Code.
import { commands, EventEmitter, type ExtensionContext, window, workspace } from 'vscode';
import { register } from './commands';
import type { State } from './contract';
import { Server } from './server';
import { draw, statusItem } from './status';
import { RutterView } from './view';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Rutter', { log: true });
  const states = new EventEmitter<State | undefined>();
  const item = statusItem();
  const view = new RutterView();
  const running = new Server(context, log, states);
  server = running;
  let latest: State | undefined;
  context.subscriptions.push(
    log,
    states,
    item,
    view,
    states.event((state) => {
      latest = state;
      draw(item, state?.view);
      view.draw(state?.view);
      void commands.executeCommand('setContext', 'rutter.running', state !== undefined);
    }),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('rutter.server.path') && running.pathChanged()),
    workspace.onDidGrantWorkspaceTrust(() => running.running?.configurationChanged()),
    ...register(running, () => latest),
  );
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
