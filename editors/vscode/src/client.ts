// The protocol client, with the manners that the library's own lacks: one message for a failed start, and a stop that
// lasts until the process is gone.
import { once } from 'node:events';
import { CloseAction, DidChangeConfigurationNotification, type ErrorHandler, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import type { LogOutputChannel } from 'vscode';
import type { InputParams, State } from './contract';
import { askInput } from './input';
import { type CommandHooks, middleware } from './middleware';
import { inTrust } from './restricted';

export class Client extends LanguageClient {
  private hasStarted = false;

  constructor(file: string, log: LogOutputChannel, hooks: Omit<CommandHooks, 'send' | 'configurationChanged'>, onState: (state: State | undefined) => void) {
    super('rutter', 'Rutter', { command: file, args: ['lsp'] }, {
      // Every file on disk: which of them it serves is the server's to decide.
      documentSelector: [{ scheme: 'file' }],
      initializationOptions: () => ({ rutter: { client: { input: true, state: true, view: true }, settings: inTrust(undefined) } }),
      synchronize: { configurationSection: 'rutter' },
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      middleware: middleware({ ...hooks, send: (type, params) => this.sendRequest(type, params), configurationChanged: () => this.configurationChanged() }),
    });
    this.onRequest('rutter/input', (params: InputParams, token) => askInput(params, token));
    this.onNotification('rutter/state', onState);
    this.onDidChangeState(() => this.isRunning() || onState(undefined));
  }

  /** Tells the server to ask for its settings again; one that only starts asks by itself. */
  async configurationChanged(): Promise<void> {
    if (this.isRunning()) await this.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  override async start(): Promise<void> {
    await super.start();
    this.hasStarted = true;
  }

  /** Ends the client and waits for its process, so that a new one finds no lock of the old. */
  async end(): Promise<void> {
    const child = this.serverProcess;
    try {
      await this.dispose();
    } finally {
      // The library kills what has not left by itself after two seconds, so this ends.
      if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  }

  /** Before the first start the caller tells the user; a crash later is told, and mended, by the library. */
  override error(message: string, data?: unknown, show?: boolean | 'force'): void {
    super.error(message, data, this.hasStarted ? show : false);
  }

  override createDefaultErrorHandler(maxRestarts?: number): ErrorHandler {
    const usual = super.createDefaultErrorHandler(maxRestarts);
    return {
      error: (error, message, count) => usual.error(error, message, count),
      closed: () => (this.hasStarted ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true }),
    };
  }
}
