// The life of the server's process and of the client that talks to it.
import { commands, env, type EventEmitter, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { State as ClientState } from 'vscode-languageclient/node';
import { findServer, INSTALL, runnable } from './binary';
import { Client } from './client';
import type { State } from './contract';

const pathSetting = (): string => workspace.getConfiguration('rutter').get('server.path', '');

export class Server {
  private client: Client | undefined;
  /** Starts and stops wait for each other, so that no second process is left behind. */
  private turn: Promise<void> = Promise.resolve();
  /** `rutter.server.path` as of the last start. */
  private setting = '';
  /** Changes made through this window, the newest last. */
  private changes: string[] = [];

  constructor(
    private readonly context: ExtensionContext,
    readonly log: LogOutputChannel,
    /** Fires with each `rutter/state`, and with `undefined` when the server is gone. */
    private readonly states: EventEmitter<State | undefined>,
  ) {}

  start = (): Promise<void> => this.queue(() => this.startNow());
  stop = (): Promise<void> => this.queue(() => this.stopNow());
  restart = (): Promise<void> => this.queue(() => this.stopNow().then(() => this.startNow()));

  /** Starts anew where the setting really names another program: what a workspace says of it changes nothing. */
  pathChanged(): void {
    if (this.setting !== pathSetting()) void this.restart();
  }

  get running(): Client | undefined {
    return this.client?.isRunning() ? this.client : undefined;
  }

  get lastChange(): string | undefined {
    return this.changes.at(-1);
  }

  /** True when this server has `command`; an older one may not. */
  offers(command: string): boolean {
    return this.running?.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command) ?? false;
  }

  /** Runs a server command with one object as argument; starts the server if it isn't there. Resolves when it has answered. */
  async run(command: string, argument: object): Promise<void> {
    if (!this.running) await this.start();
    if (!this.running) return;
    if (this.offers(command)) await commands.executeCommand(command, argument);
    else void window.showErrorMessage(`This Rutter server has no command ${command}. Update the server, then restart it.`);
  }

  private queue(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private async startNow(): Promise<void> {
    // After a crash the client starts itself anew; waiting for that is better than a second process.
    if (this.client?.state === ClientState.Starting) await this.client.start().catch(() => undefined);
    if (this.running) return;
    await this.stopNow();
    this.setting = pathSetting();
    const found = findServer({
      setting: this.setting,
      extensionDir: this.context.extensionPath,
      path: process.env['PATH'] ?? '',
      platform: process.platform,
      runnable,
    });
    if ('message' in found) {
      this.log.error(found.message);
      if (found.missing === 'setting') this.complain(found.message, 'Open Settings', () => commands.executeCommand('workbench.action.openSettings', 'rutter.server.path'));
      else this.complain(found.message, 'Copy Command', () => env.clipboard.writeText(INSTALL));
      return;
    }
    this.log.info(`Starting ${found.file} lsp`);
    const hooks = {
      changed: (change: string) => void this.changes.push(change),
      undone: (change: string) => void (this.changes = this.changes.filter((other) => other !== change)),
    };
    this.client = new Client(found.file, this.log, hooks, (state) => this.states.fire(state));
    try {
      await this.client.start();
    } catch (error) {
      this.log.error(`${found.file} did not start: ${String(error)}`);
      this.complain(`Rutter can't start: ${found.file} did not answer. The log says why.`, 'Show Log', () => this.log.show());
      await this.stopNow();
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.states.fire(undefined);
    // A process that is already dead, or never came up, cannot be asked to stop; the log keeps the reason.
    await client?.end().catch((error: unknown) => this.log.warn(`Stopping the server: ${String(error)}`));
  }

  private complain(message: string, action: string, act: () => unknown): void {
    void window.showErrorMessage(message, action).then((choice) => choice === action && act());
  }
}
