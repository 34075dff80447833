// A stand-in for the `vscode` module, just enough for the shim and for vscode-languageclient to run in plain Node.
// What the shim uses is written out below and records its calls; whatever else is asked for is an empty class that
// can be called, constructed or extended.
import { fileURLToPath, pathToFileURL } from 'node:url';

type Any = any;

const disposable = () => ({ dispose() {} });

function loose(target: Any): Any {
  return new Proxy(target, {
    get(object, key) {
      if (key in object || typeof key === 'symbol' || key === 'then' || key === '__esModule' || key === 'default') return object[key];
      return (object[key] = loose(
        Object.assign(function (this: unknown) {
          return new.target ? this : disposable();
        }),
      ));
    },
  });
}

export class Uri {
  private constructor(private readonly url: URL) {}
  static parse = (text: string) => new Uri(new URL(text));
  static file = (path: string) => new Uri(pathToFileURL(path));
  get scheme() { return this.url.protocol.slice(0, -1); }
  get path() { return decodeURIComponent(this.url.pathname); }
  get fsPath() { return fileURLToPath(this.url); }
  get fragment() { return ''; }
  toString() { return this.url.href; }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  event = (listener: (value: T) => void, self?: unknown) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    return { dispose: () => this.listeners.delete(bound) };
  };
  fire(value: T) { for (const listener of [...this.listeners]) listener(value); }
  dispose() { this.listeners.clear(); }
}

/** What the shim did, and what the user will answer. */
export const seen = {
  messages: [] as { kind: 'info' | 'error'; text: string; actions: string[] }[],
  opened: [] as string[],
  saved: [] as string[],
  picks: [] as { title: string; labels: string[] }[],
  inputs: [] as Any[],
  clipboard: '',
  tree: {} as Any,
  bar: { text: '', tooltip: '', visible: false, command: '', name: '' },
};
export const user = {
  /** Button to press on the next message. */
  button: undefined as string | undefined,
  /** Label to pick, one a question. */
  picks: [] as (string | undefined)[],
  input: undefined as string | undefined,
};
export const settings: Record<string, unknown> = {};
export const configurationChanged = new EventEmitter<Any>();
/** Fires whenever the status bar item is drawn. */
export const drawn = new EventEmitter<typeof seen.bar>();

const registered = new Map<string, (...args: Any[]) => Any>();
const message = (kind: 'info' | 'error') => async (text: string, ...actions: string[]) => {
  seen.messages.push({ kind, text, actions });
  const pressed = user.button;
  user.button = undefined;
  return pressed;
};
const log = () => loose({ logLevel: 0, append() {}, appendLine() {}, info() {}, warn() {}, error() {}, trace() {}, debug() {}, show() {}, dispose() {} });
const get = (section: string | undefined) => (key: string, otherwise?: unknown) => settings[section ? `${section}.${key}` : key] ?? otherwise;

const fake: Any = loose({
  __esModule: true, // so that importers keep the proxy and do not copy its keys
  Uri, EventEmitter,
  version: '1.91.0',
  ThemeIcon: class { constructor(readonly id: string) {} },
  ThemeColor: class { constructor(readonly id: string) {} },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  TreeItem: class { constructor(readonly label: string, readonly collapsibleState: unknown) {} },
  LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  commands: {
    registerCommand(name: string, act: (...args: Any[]) => Any) {
      if (registered.has(name)) throw new Error(`${name} is registered twice`);
      registered.set(name, act);
      return { dispose: () => registered.delete(name) };
    },
    async executeCommand(name: string, ...args: Any[]) {
      if (name === 'setContext') return undefined;
      if (name === 'vscode.open') return void seen.opened.push(args[0].toString());
      const act = registered.get(name);
      if (!act) throw new Error(`command '${name}' not found`);
      return act(...args);
    },
  },
  env: loose({ appName: 'Fake', language: 'en', clipboard: { async writeText(text: string) { seen.clipboard = text; } } }),
  languages: loose({ match: () => 10, createDiagnosticCollection: () => loose({ dispose() {} }) }),
  window: loose({
    visibleTextEditors: [], activeTextEditor: undefined, visibleNotebookEditors: [],
    tabGroups: loose({ all: [] }),
    createOutputChannel: log,
    createStatusBarItem: () => Object.assign(seen.bar, {
      show() { seen.bar.visible = true; drawn.fire(seen.bar); },
      hide() { seen.bar.visible = false; drawn.fire(seen.bar); },
      dispose() {},
    }),
    createTreeView(_: string, { treeDataProvider }: Any) {
      const tree = { badge: undefined, dispose() {} };
      seen.tree = { treeDataProvider, badge: () => tree.badge };
      return tree;
    },
    showInformationMessage: message('info'),
    showErrorMessage: message('error'),
    async showInputBox(options: Any) { seen.inputs.push(options); return user.input; },
    async showQuickPick(items: Any[], { title }: Any) {
      seen.picks.push({ title, labels: items.map(({ label }) => label) });
      const wanted = user.picks.shift();
      return items.find(({ label }) => label === wanted);
    },
    async showTextDocument(uri: Uri) { seen.opened.push(uri.toString()); },
  }),
  workspace: loose({
    textDocuments: [], notebookDocuments: [], workspaceFolders: undefined,
    getConfiguration: (section?: string) => ({ get: get(section) }),
    onDidChangeConfiguration: configurationChanged.event,
  }),
});

/** The module itself; tests set `window.activeTextEditor` and `workspace.textDocuments` on it. */
export const vscode: Any = fake;
export const commandNames = () => [...registered.keys()].sort();
