// Puts the pieces together. Everything the product knows is in the server; this is its face in VS Code.
import { EventEmitter, type ExtensionContext, window, workspace } from 'vscode';
import { register } from './commands';
import type { State } from './contract';
import { Server } from './server';
import { draw, statusItem } from './status';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Rutter', { log: true });
  const states = new EventEmitter<State | undefined>();
  const item = statusItem();
  const running = new Server(context, log, states);
  server = running;
  let latest: State | undefined;
  context.subscriptions.push(
    log,
    states,
    item,
    states.event((state) => {
      latest = state;
      draw(item, state);
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
