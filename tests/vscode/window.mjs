// A window of VS Code: a server of its own with a fresh profile, and a browser page that shows it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

const tools = process.env.RUTTER_VSCODE;
const { chromium } = createRequire(`${tools}/`)('playwright-core');
const entry = path.join(tools, 'node_modules/code-server/out/node/entry.js');

/** No window asks anything of another machine. */
const NOWHERE = 'http://127.0.0.1:9';
const GALLERY = { serviceUrl: NOWHERE, itemUrl: NOWHERE, resourceUrlTemplate: `${NOWHERE}/{publisher}/{name}/{version}/{path}` };

const SETTINGS = {
  'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'workbench.enableExperiments': false, 'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false,
  'files.autoSave': 'off', 'extensions.ignoreRecommendations': true, 'files.simpleDialog.enable': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never',
  'security.workspace.trust.enabled': true, 'git.enabled': false, 'typescript.disableAutomaticTypeAcquisition': true, 'window.menuBarVisibility': 'classic',
  'workbench.reduceMotion': 'on', 'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** The browser, one for all windows. */
export function browser() {
  const root = path.join(tools, 'chromium');
  const packed = path.join(root, 'usr/lib/chromium/chromium');
  const libraries = path.join(root, 'usr/lib/x86_64-linux-gnu');
  const own = fs.existsSync(packed);
  const found = own ? packed : process.env.RUTTER_CHROMIUM || spawnSync('which', ['chromium']).stdout.toString().trim();
  return chromium.launch({
    executablePath: found, headless: true,
    env: { ...process.env, ...(own && { LD_LIBRARY_PATH: `${libraries}:${libraries}/pulseaudio` }) },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

export class Window {
  /**
   * Starts a server. `root`: an empty folder of its own; `settings`: of the user; `vsix`: what to install; `inHost`: allows tests in
   * the extension host, and then no toast is ever shown; `trusted`: every folder is.
   */
  static async open({ root, env = {}, settings = {}, vsix, inHost = false, trusted = true }) {
    const profile = path.join(root, 'profile');
    fs.mkdirSync(path.join(profile, 'User'), { recursive: true });
    fs.writeFileSync(path.join(profile, 'User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
    const common = ['--extensions-dir', path.join(root, 'extensions'), '--user-data-dir', profile, '--config', '/dev/null'];
    // As if begun from a terminal: else VS Code takes the PATH from a login shell.
    const variables = { ...process.env, VSCODE_CLI: '1', HOME: path.join(root, 'home'), EXTENSIONS_GALLERY: JSON.stringify(GALLERY), ...env };
    fs.mkdirSync(variables.HOME);
    fs.writeFileSync(path.join(variables.HOME, '.gitconfig'), '[user]\n  name = Ada\n  email = ada@example.org\n');
    if (vsix) {
      const done = spawnSync(process.execPath, [entry, ...common, '--install-extension', vsix], { env: variables });
      if (done.status !== 0) throw new Error(`${vsix} was not installed: ${done.stdout}${done.stderr}`);
    }
    const server = spawn(process.execPath, [entry, ...common, '--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check',
      '--disable-getting-started-override', ...(trusted ? ['--disable-workspace-trust'] : []), ...(inHost ? ['--vscode-option', 'enable-smoke-test-driver'] : [])],
    { env: variables, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const log = fs.createWriteStream(path.join(root, 'server.log'));
    server.stderr.pipe(log);
    const lines = createInterface({ input: server.stdout });
    const port = await new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        log.write(`${line}\n`);
        const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
      server.once('exit', (code) => reject(new Error(`VS Code's server ended with ${code}; see ${root}/server.log`)));
    });
    return new Window(root, server, port);
  }

  constructor(root, server, port) {
    Object.assign(this, { root, server, port });
  }

  /** A page on a folder or a `.code-workspace` file; `payload` as VS Code reads it from the address. */
  async show(shared, target, payload = []) {
    this.context = await shared.newContext({ viewport: { width: 1360, height: 800 } });
    this.page = await this.context.newPage();
    const kind = target.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const encoded = encodeURIComponent(JSON.stringify(payload));
    await this.page.goto(`http://127.0.0.1:${this.port}/?${kind}=${target}&payload=${encoded}`);
    await this.page.waitForSelector('.monaco-workbench', { timeout: 60000 });
    return this.page;
  }

  /** The address of a file as the page knows it. */
  remote(file) {
    return `vscode-remote://127.0.0.1:${this.port}${file}`;
  }

  async close() {
    await this.context?.close();
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = once(this.server, 'exit');
    process.kill(-this.server.pid, 'SIGTERM');
    await ended;
  }
}
